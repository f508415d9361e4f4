package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A ConfigMap is turned over, as Kubernetes does it, under an application that never stops calling:
 * sampling, one instrumentation and the whole agent go off and on, and no call fails.
 */
final class ConfigReloadIT {

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int SAMPLED = 2;
  private static final int UNSAMPLED = 3;
  private static final int UNTRACED = 4;

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private int version;
  private int port;
  private int endpointPort;

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void settingsChangeUnderLoadAndNoCallFails(JavaHome home) throws Exception {
    String classPath = Programs.compile("load", "load", 8, false, List.of());
    endpointPort = Http.freePort();
    change("sampling: {sampler: always_on}");
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .environment(
                        Map.of(
                            "OTLP_CONFIG_FILE",
                            directory.resolve("config.yaml").toString(),
                            "OTLP_CONFIG_RELOAD_INTERVAL",
                            "200ms",
                            "OTLP_SERVER_ENABLED",
                            "true",
                            "OTLP_SERVER_PORT",
                            Integer.toString(endpointPort)))
                    .program("-cp", classPath, "UnderLoad"))) {
      port = process.awaitPort();
      Http.awaitStatus(endpointPort, "/health", 200, process.process());
      awaitOnly(SAMPLED);
      await().until(() -> receiver.store().spans().size() > 100);
      assertThat(get(endpointPort, "/config")).contains("line 1: sampling.sampler");

      long noSampling = turn("sampling: {sampler: always_off}", UNSAMPLED);
      long oneOff = turn("instrumentation: {disabled: [http-url-connection]}", UNTRACED);
      long oneOn = turn("logging: {level: info}", SAMPLED);
      long off = turn("enabled: false\nbatch: {timeout: 9s}", UNTRACED);
      assertThat(get(endpointPort, "/health")).contains("\"healthy\"");
      assertThat(get(endpointPort, "/ready")).contains("\"ready\"", "\"enabled\":false");
      assertThat(metric("otlp_agent_enabled")).isZero();
      change("enabled: true\n  batch: [");
      await().until(() -> process.err().contains("cannot be applied"));
      assertOnly(UNTRACED);
      long before = receiver.store().spans().size();
      long on = turn("enabled: true", SAMPLED);
      await().until(() -> receiver.store().spans().size() > before + 100);

      long[] end = stats("?stop");
      await().untilAsserted(this::assertBalanced);
      System.out.printf(
          "%s: %d calls, %d failed; no sampling after %d ms, one instrumentation off %d, on %d,"
              + " all off %d, on %d%n",
          home, end[OK], end[FAILED], noSampling, oneOff, oneOn, off, on);
      assertThat(end[FAILED]).isZero();
      assertThat(process.err())
          .contains(
              "sampling.sampler always_on -> always_off",
              "instrumentation.disabled (unset) -> http-url-connection",
              "enabled true -> false",
              "without effect, because something stronger sets them: batch.timeout (environment"
                  + " variable OTEL_BSP_SCHEDULE_DELAY)",
              "YAML error in line 2",
              "enabled false -> true");
      assertThat(metric("otlp_agent_config_reloads_total{result=\"applied\"}")).isEqualTo(5);
      assertThat(metric("otlp_agent_config_reloads_total{result=\"refused\"}")).isEqualTo(1);
      assertThat(metric("otlp_agent_advice_errors_total")).isZero();
      process.input("").awaitEnd();
    }
  }

  /** What was started went somewhere, and nothing is open. */
  private void assertBalanced() throws Exception {
    String text = get(endpointPort, "/metrics");
    double dropped = 0;
    Matcher reasons =
        Pattern.compile("(?m)^otlp_spans_dropped_total\\{reason=\"\\w+\"} (\\S+)$").matcher(text);
    while (reasons.find()) {
      dropped += Double.parseDouble(reasons.group(1));
    }
    assertThat(value(text, "otlp_spans_live")).isZero();
    assertThat(value(text, "otlp_spans_queued")).isZero();
    assertThat(value(text, "otlp_spans_inflight")).isZero();
    assertThat(value(text, "otlp_spans_exported_total") + dropped)
        .isEqualTo(value(text, "otlp_spans_started_total"));
  }

  /** Changes the file and waits until all calls are of this kind: in milliseconds. */
  private long turn(String yaml, int kind) throws Exception {
    long start = System.nanoTime();
    change(yaml);
    awaitOnly(kind);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private void awaitOnly(int kind) {
    await()
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              long[] before = stats("");
              await().until(() -> stats("")[OK] > before[OK] + 20);
              return onlyGrew(before, stats(""), kind);
            });
  }

  private void assertOnly(int kind) throws Exception {
    long[] before = stats("");
    await().until(() -> stats("")[OK] > before[OK] + 100);
    assertThat(onlyGrew(before, stats(""), kind)).isTrue();
  }

  private static boolean onlyGrew(long[] before, long[] after, int kind) {
    for (int i = SAMPLED; i <= UNTRACED; i++) {
      if (i != kind && after[i] != before[i]) {
        return false;
      }
    }
    return true;
  }

  private long[] stats(String query) throws Exception {
    return Arrays.stream(get(port, "/stats" + query).split(" "))
        .mapToLong(Long::parseLong)
        .toArray();
  }

  private double metric(String name) throws Exception {
    return value(get(endpointPort, "/metrics"), name);
  }

  private static double value(String metrics, String name) {
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
    assertThat(line.find()).as(name + " in " + metrics).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private String get(int to, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path))
            .timeout(Duration.ofSeconds(60))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** A new folder with the file, to which the link that all see is turned at once. */
  private void change(String yaml) throws IOException {
    Path folder = Files.createDirectory(directory.resolve("..version" + version++));
    Files.writeString(folder.resolve("config.yaml"), yaml);
    Path link = directory.resolve("..data");
    Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), folder.getFileName());
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path file = directory.resolve("config.yaml");
    if (!Files.isSymbolicLink(file)) {
      Files.createSymbolicLink(file, Path.of("..data", "config.yaml"));
    }
  }
}
