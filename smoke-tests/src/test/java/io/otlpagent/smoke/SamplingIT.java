package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is kept of many requests, of which few are sampled, some fail and some are slow. */
final class SamplingIT {

  private static final int REQUESTS = 10_000;
  private static final int PROBES = 500;
  private static final int THREADS = 16;
  private static final long SLOWER_THAN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  @Test
  void everyFailedAndEverySlowTraceIsKeptWholeBesideTheRatio() throws Exception {
    JavaHome home = Jdks.from17().get(0);
    List<Path> libraries = new ArrayList<>(Programs.server("tomcat-10.1"));
    libraries.addAll(Programs.h2());
    String classPath = Programs.compile("sampling", "sampling", 11, false, libraries);
    int admin = Http.freePort();
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .environment(settings(admin))
                    .program("-cp", classPath, "SampledServer"))) {
      load(process.awaitPort());

      await()
          .atMost(Duration.ofSeconds(120))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () -> {
                Metrics metrics = new Metrics(Http.body(admin, "/metrics"));
                assertThat(metrics.sum("http_server_request_duration_seconds_count"))
                    .isEqualTo(REQUESTS + PROBES);
                assertThat(metrics.sum("otlp_spans_exported_total"))
                    .isEqualTo(metrics.sum("otlp_spans_started_total"))
                    .isEqualTo(receiver.store().spans().size());
                assertThat(metrics.sum("otlp_spans_dropped_total")).isZero();
                assertThat(metrics.sum("otlp_spans_held")).isZero();
                assertThat(metrics.sum("otlp_spans_live")).isZero();
              });
      receiver.assertSound();
      assertThat(receiver.store().traces().values())
          .allSatisfy(trace -> assertThat(trace).as("server and database span").hasSize(2));
      List<ReceivedSpan> roots =
          receiver.store().spans().stream().filter(span -> span.parentId().isEmpty()).toList();
      assertThat(ids(roots, "/fail")).isEqualTo(idsOf("/fail"));
      assertThat(ids(roots, "/slow")).isEqualTo(idsOf("/slow"));
      assertThat(ids(roots, "/health/live")).isEmpty();
      long byRatio =
          roots.stream()
              .filter(span -> span.attribute("url.path").equals("/good"))
              .filter(span -> span.durationNanos() <= SLOWER_THAN_NANOS)
              .count();
      // 98 are expected; six standard deviations.
      assertThat(byRatio).isBetween(38L, 158L);
      System.out.printf(
          "%d requests: %d traces kept, %d of them by ratio%n", REQUESTS, roots.size(), byRatio);
    }
  }

  private static Map<String, String> settings(int admin) {
    return Map.of(
        "OTLP_SERVER_ENABLED", "true",
        "OTLP_SERVER_PORT", Integer.toString(admin),
        "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
        "OTEL_TRACES_SAMPLER_ARG", "0.01",
        "OTLP_SAMPLING_KEEP_SLOWER_THAN", "100",
        "OTLP_SAMPLING_KEEP_MAX_PER_SECOND", "0",
        "OTLP_SAMPLING_RULES", "method=GET route=/health/* ratio=0");
  }

  private static void load(int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    AtomicInteger next = new AtomicInteger();
    Callable<Integer> sender =
        () -> {
          int sent = 0;
          for (int i = next.getAndIncrement(); i < REQUESTS; i = next.getAndIncrement()) {
            send(client, port, path(i) + "?id=" + i);
            if (i % (REQUESTS / PROBES) == 0) {
              send(client, port, "/health/live?id=" + i);
            }
            sent++;
          }
          return sent;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Integer>> senders = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        senders.add(sender);
      }
      for (Future<Integer> done : threads.invokeAll(senders, 300, TimeUnit.SECONDS)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void send(HttpClient client, int port, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(),
        BodyHandlers.discarding());
  }

  private static String path(int request) {
    switch (request % 100) {
      case 7:
        return "/fail";
      case 57:
        return "/slow";
      default:
        return "/good";
    }
  }

  private static Set<Integer> idsOf(String path) {
    Set<Integer> ids = new TreeSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      if (path(i).equals(path)) {
        ids.add(i);
      }
    }
    return ids;
  }

  private static Set<Integer> ids(List<ReceivedSpan> roots, String path) {
    Set<Integer> ids = new TreeSet<>();
    for (ReceivedSpan root : roots) {
      if (root.attribute("url.path").equals(path)) {
        ids.add(Integer.parseInt(root.attribute("url.query").substring("id=".length())));
      }
    }
    return ids;
  }

  /** A page of metrics in the text form of Prometheus. */
  private record Metrics(String page) {

    double sum(String name) {
      return page.lines()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }
}
