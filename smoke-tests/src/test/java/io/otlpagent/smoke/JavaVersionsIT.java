package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One application, compiled for Java 8, on every version, over each protocol. */
final class JavaVersionsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern PROMISE = Pattern.compile("CI runs it on ([0-9, and]+)\\.");

  @TempDir private Path folder;

  static Stream<Arguments> runs() {
    return Jdks.all().stream()
        .flatMap(
            home ->
                Stream.of("grpc", "http/protobuf").map(protocol -> Arguments.of(home, protocol)));
  }

  /** What CI lacks is a failure there; elsewhere it is skipped with a line that names it. */
  @Test
  void everyVersionThatReadmeNamesIsHere() throws IOException {
    Path readme = Path.of(System.getProperty("program.sources"), "../../../../README.md");
    Matcher promise = PROMISE.matcher(Files.readString(readme));
    assertThat(promise.find()).isTrue();
    TreeSet<Integer> missing = new TreeSet<>();
    for (String version : promise.group(1).split("\\D+", -1)) {
      missing.add(Integer.valueOf(version));
    }

    Jdks.all().forEach(home -> missing.remove(home.feature()));

    if ("true".equals(System.getenv("CI"))) {
      assertThat(missing).as("versions of Java that are not here: .ci/install-jdks.sh").isEmpty();
    }
    Assumptions.assumeTrue(
        missing.isEmpty(), () -> "no Java " + missing + ": .ci/install-jdks.sh unpacks them");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  void requestIsOneTrace(JavaHome home, String protocol) throws Exception {
    List<Path> libraries = new ArrayList<>(Programs.server("tomcat-9"));
    libraries.addAll(Programs.databases());
    String classPath = Programs.compile("versions", "versions", 8, false, libraries);
    int grpc = Http.freePort();
    int http = Http.freePort();
    int endpoint = Http.freePort();
    try (Collector collector = Collector.start(folder, grpc, http);
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(
                        home, "http://127.0.0.1:" + (protocol.equals("grpc") ? grpc : http))
                    .environment(
                        Map.of(
                            "OTEL_EXPORTER_OTLP_PROTOCOL",
                            protocol,
                            "OTLP_SERVER_ENABLED",
                            "true",
                            "OTLP_SERVER_PORT",
                            Integer.toString(endpoint)))
                    .program("-cp", classPath, "WholeShop"))) {
      assertThat(Http.body(process.awaitPort(), "/order")).isEqualTo("1 42");

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(collector.spans()).hasSize(8));
      assertTrace(collector.spans());
      assertThat(Http.status(endpoint, "/health")).isEqualTo(200);
      assertThat(Http.body(endpoint, "/metrics"))
          .contains("http_server_request_duration_seconds_count{", "jvm_memory_used_bytes{");
      process.input("").awaitEnd();
      assertThat(process.exitCode()).as("%s", process).isZero();
      assertThat(process.err())
          .contains("on Java " + (home.feature() == 8 ? "1.8" : home.feature()), "lost 0")
          .doesNotContain("\"WARN\"", "\"ERROR\"");
    }
  }

  /** Two tables were made before; the request is one trace, into the pool's threads and back. */
  private static void assertTrace(List<JsonNode> spans) {
    String trace =
        spans.stream()
            .filter(span -> span.get("name").asText().equals("GET /order"))
            .map(span -> span.get("traceId").asText())
            .findFirst()
            .orElseThrow();
    assertThat(spans)
        .filteredOn(span -> span.get("traceId").asText().equals(trace))
        .extracting(span -> span.get("kind").asInt() + " " + span.get("name").asText())
        .containsExactlyInAnyOrder(
            "2 GET /order",
            "3 insert orders",
            "3 insert orders",
            "3 select orders",
            "3 GET",
            "2 GET /price");
  }
}
