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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real collector goes away under load and comes back; nothing is kept on disk. */
@Timeout(900)
final class OutageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** How long the collector is away, in seconds. */
  private static final int OUTAGE = Integer.getInteger("outage.seconds", 6);

  /** Requests during the outage: their spans, five each at most, fit the queue of 2048. */
  private static final int REQUESTS = Integer.getInteger("outage.requests", 300);

  private static final Pattern LEDGER =
      Pattern.compile("(?m)^otlp_spans_(\\w+?)(?:_total)?(?:\\{[^}]*})? (\\d+)");

  @TempDir private Path folder;

  @Test
  void outageThatFitsTheQueueCostsNoSpan() throws Exception {
    int grpc = Http.freePort();
    int port = Http.freePort();
    int admin = Http.freePort();
    Set<String> arrived = new HashSet<>();
    Collector collector = Collector.start(Files.createDirectory(folder.resolve("before")), grpc);
    try (AgentProcess shop =
        new AgentProcess(
            AgentProcess.underAgent(JavaHome.running(), "http://127.0.0.1:" + grpc)
                .environment(
                    Map.of(
                        "OTLP_SERVER_ENABLED", "true",
                        "OTLP_SERVER_PORT", Integer.toString(admin),
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))
                .program("-jar", Programs.shop().toString(), "--server.port=" + port))) {
      Http.awaitStatus(port, "/products/1", 200, shop.process());
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> ledger(admin).get("exported") > 0);
      collector.close();
      long gone = System.nanoTime();
      arrived.addAll(ids(collector));
      long before = ledger(admin).get("started");

      loadDuringOutage(port);
      long made = ledger(admin).get("started") - before;
      Map<String, Long> late = ledger(admin);
      collector = Collector.start(Files.createDirectory(folder.resolve("after")), grpc);

      await().atMost(PATIENCE).untilAsserted(() -> assertSettled(ledger(admin)));
      Map<String, Long> end = ledger(admin);
      long minutes = Duration.ofNanos(System.nanoTime() - gone).toMinutes();
      System.out.println(
          "outage "
              + OUTAGE
              + " s, "
              + made
              + " spans meanwhile; at its end "
              + late
              + "; afterwards "
              + end);
      assertThat(end.get("exported")).isGreaterThan(late.get("exported"));
      if (OUTAGE <= 30) {
        assertThat(end.get("dropped")).as("%s", shop).isZero();
      }
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(new Arrived(collector, arrived, end.get("exported")));
      await().untilAsserted(() -> assertLog(shop, minutes));
    } finally {
      collector.close();
    }
  }

  private static void loadDuringOutage(int port) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(OUTAGE).toNanos();
    for (int i = 0; i < REQUESTS && System.nanoTime() < end; i++) {
      assertThat(Http.status(port, "/products/1")).isEqualTo(200);
    }
    await().atMost(Duration.ofSeconds(OUTAGE + 60)).until(() -> System.nanoTime() >= end);
  }

  private static void assertSettled(Map<String, Long> ledger) {
    assertThat(ledger.get("queued")).isZero();
    assertThat(ledger.get("live")).isZero();
    assertThat(ledger.get("exported") + ledger.get("rejected") + ledger.get("dropped"))
        .as("%s", ledger)
        .isEqualTo(ledger.get("started"));
  }

  /** One line when it begins, one with a hint, one when it is over, and none for each attempt. */
  private static void assertLog(AgentProcess shop, long minutes) {
    assertThat(shop.err().lines().filter(line -> line.contains("export to")).toList())
        .hasSizeBetween(2, 4 + (int) minutes)
        .anyMatch(line -> line.contains("attempt 1, next in"))
        .anyMatch(line -> line.contains("works again after"));
  }

  private static Map<String, Long> ledger(int admin) throws IOException {
    Map<String, Long> ledger = new TreeMap<>();
    Matcher matcher = LEDGER.matcher(Http.body(admin, "/metrics"));
    while (matcher.find()) {
      ledger.merge(matcher.group(1), Long.parseLong(matcher.group(2)), Long::sum);
    }
    ledger.putIfAbsent("dropped", 0L);
    return ledger;
  }

  private static Set<String> ids(Collector collector) throws IOException {
    Set<String> ids = new HashSet<>();
    for (JsonNode span : collector.spans()) {
      ids.add(span.get("traceId").asText() + span.get("spanId").asText());
    }
    return ids;
  }

  /** What the agent counted as exported is in the files of the two collectors. */
  private record Arrived(Collector collector, Set<String> before, long exported)
      implements org.awaitility.core.ThrowingRunnable {
    @Override
    public void run() throws IOException {
      Set<String> all = new HashSet<>(before);
      all.addAll(ids(collector));
      assertThat(all.size()).isGreaterThanOrEqualTo((int) exported);
    }
  }
}
