package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.OtlpReceiver;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import io.otlpagent.smoke.receiver.SpanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk buffer through outages, restarts and kills of real JVMs. */
@Timeout(600)
final class BufferIT {

  private static final int PER_SECOND = 500;
  private static final int BATCH = 100;
  private static final long MAX_BYTES = 64L << 20;

  /** How long the collector is away, in seconds, with a restart of the JVM in the middle. */
  private static final int OUTAGE = Integer.getInteger("buffer.outage.seconds", 6);

  private static final Duration PATIENCE = Duration.ofSeconds(120 + 2 * OUTAGE);
  private static final Pattern MADE = Pattern.compile("made=(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("number=(\\d+)");
  private static final Pattern LEDGER =
      Pattern.compile("(?m)^otlp_(spans_\\w+|buffer_size_bytes)(\\{reason=\"\\w+\"})? (\\d+)");

  @TempDir private Path folder;

  @Test
  void outageAndRestartCostNoSpan() throws Exception {
    Collector.require();
    int grpc = Http.freePort();
    int made;
    int beforeRestart;
    List<Integer> numbers;
    Collector former = Collector.start(folder, grpc);
    Collector collector = former;
    try {
      try (Program first = new Program(grpc, 0, PER_SECOND)) {
        first.await("spans_exported_total", PER_SECOND);
        collector.close();
        first.awaitMore("spans_started_total", PER_SECOND * OUTAGE / 2);
        beforeRestart = first.end();
      }
      assertThat(sizeOnDisk()).isBetween(1L, MAX_BYTES);
      try (Program second = new Program(grpc, beforeRestart, PER_SECOND)) {
        second.awaitMore("spans_started_total", PER_SECOND * OUTAGE / 2);
        assertThat(sizeOnDisk()).isBetween(1L, MAX_BYTES);
        collector = Collector.start(folder, grpc);
        second.await("spans_recovered_total", 1);
        await().atMost(PATIENCE).until(() -> second.figure("spans_on_disk") == 0);
        made = beforeRestart + second.end();
      }
      numbers = awaitNumbers(former, collector, made);
    } finally {
      collector.close();
    }

    System.out.println("made " + made + ", arrived " + numbers.size());
    assertThat(new HashSet<>(numbers)).hasSize(made);
    assertThat(numbers.size() - made).as("sent twice").isBetween(0, BATCH);
    // What the first JVM made was on disk, or sent before: it arrives in its order.
    assertThat(numbers.stream().filter(number -> number < beforeRestart).distinct()).isSorted();
    assertThat(sizeOnDisk()).isZero();
  }

  @Test
  void killedJvmLosesNothingThatIsOnDisk() throws Exception {
    int grpc = Http.freePort();
    long kept;
    try (Program killed = new Program(grpc, 0, PER_SECOND)) {
      killed.await("spans_on_disk", 2 * PER_SECOND);
      kept = killed.kill().get("spans_on_disk");
    }
    SpanStore store = new SpanStore();
    try (OtlpReceiver receiver = new OtlpReceiver(grpc, store);
        // Makes none of its own: what it has taken over is enough to flush and to tell at the exit.
        Program next = new Program(grpc, 1_000_000, 0)) {
      next.await("spans_recovered_total", kept);
      await().atMost(PATIENCE).until(() -> next.figure("spans_on_disk") == 0);
      long recovered = next.figure("spans_recovered_total");

      assertThat(recovered).isGreaterThanOrEqualTo(kept);
      assertThat(store.duplicates()).isEmpty();
      List<Integer> numbers = numbers(store, 1_000_000);
      assertThat(numbers).hasSize((int) recovered).isSorted();
      assertThat(next.figure("spans_dropped_total")).isZero();
      next.end();
    }
  }

  @Test
  void jvmKilledWhileItSendsRepeatsOneBatchAtMost() throws Exception {
    int grpc = Http.freePort();
    int made;
    try (Program first = new Program(grpc, 0, PER_SECOND)) {
      first.await("spans_on_disk", 5 * PER_SECOND);
      made = first.end();
    }
    SpanStore store = new SpanStore();
    for (int kills = 1; kills <= 3; kills++) {
      int before = store.spans().size();
      try (OtlpReceiver receiver = new OtlpReceiver(grpc, store);
          Program killed = new Program(grpc, 1_000_000, 1)) {
        int enough = Math.min(made - BATCH, before + 3 * BATCH);
        await().atMost(PATIENCE).until(() -> store.spans().size() >= enough);
        killed.process.process().process().destroyForcibly().waitFor();
      }
    }
    try (OtlpReceiver receiver = new OtlpReceiver(grpc, store);
        Program last = new Program(grpc, 1_000_000, 1)) {
      // The one before may have sent all of them by the time it was killed.
      await().atMost(PATIENCE).until(() -> distinct(store, made) == made);
      await().atMost(PATIENCE).until(() -> last.figure("spans_on_disk") == 0);
      last.end();
    }

    assertThat(distinct(store, made)).isEqualTo(made);
    assertThat(store.duplicates().size()).isLessThanOrEqualTo(3 * BATCH);
  }

  private static int distinct(SpanStore store, int below) {
    return new HashSet<>(numbers(store, below)).size();
  }

  private static List<Integer> numbers(SpanStore store, int below) {
    List<Integer> numbers = new ArrayList<>();
    for (ReceivedSpan span : store.spans()) {
      int number = number(span.attributes().get("url.full"));
      if (number < below) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** The numbers in the order of their arrival, once none is missing. */
  private static List<Integer> awaitNumbers(Collector former, Collector later, int made)
      throws IOException {
    List<Integer> before = numbers(former);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Set<Integer> all = new HashSet<>(before);
              all.addAll(numbers(later));
              assertThat(all).hasSize(made);
            });
    List<Integer> numbers = new ArrayList<>(before);
    numbers.addAll(numbers(later));
    return numbers;
  }

  private static List<Integer> numbers(Collector collector) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode span : collector.spans()) {
      for (JsonNode attribute : span.path("attributes")) {
        if (attribute.get("key").asText().equals("url.full")) {
          numbers.add(number(attribute.at("/value/stringValue").asText()));
        }
      }
    }
    return numbers;
  }

  private static int number(String url) {
    Matcher matcher = NUMBER.matcher(url);
    assertThat(matcher.find()).as(url).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private long sizeOnDisk() throws IOException {
    Path spans = folder.resolve("spans");
    if (!Files.exists(spans)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(spans)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** A JVM that makes spans. */
  private final class Program implements AutoCloseable {
    private final AgentProcess process;
    private final int admin;

    Program(int grpc, int firstNumber, int perSecond) throws IOException {
      admin = Http.freePort();
      String classPath = Programs.compile("steady", "steady", 8, false, List.of());
      process =
          new AgentProcess(
              AgentProcess.underAgent(JavaHome.running(), "http://127.0.0.1:" + grpc)
                  .environment(
                      Map.of(
                          "OTLP_SERVER_ENABLED", "true",
                          "OTLP_SERVER_PORT", Integer.toString(admin),
                          "OTLP_BATCH_MAX_SIZE", Integer.toString(BATCH),
                          "OTLP_RETRY_MAX_DELAY", "1s",
                          "OTLP_BUFFER_ENABLED", "true",
                          "OTLP_BUFFER_DIR", folder.resolve("spans").toString(),
                          "OTLP_BUFFER_MAX_BYTES", Long.toString(MAX_BYTES)))
                  .program(
                      "-cp",
                      classPath,
                      "Steady",
                      Integer.toString(perSecond),
                      Integer.toString(firstNumber)));
    }

    Map<String, Long> ledger() throws IOException {
      Map<String, Long> ledger = new TreeMap<>();
      if (Http.status(admin, "/health") == 200) {
        Matcher matcher = LEDGER.matcher(Http.body(admin, "/metrics"));
        while (matcher.find()) {
          ledger.merge(matcher.group(1), Long.parseLong(matcher.group(3)), Long::sum);
        }
      }
      return ledger;
    }

    long figure(String name) throws IOException {
      assertThat(process.process().process().isAlive()).as("%s", process).isTrue();
      return ledger().getOrDefault(name, -1L);
    }

    void await(String figure, long atLeast) {
      org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> figure(figure) >= atLeast);
    }

    void awaitMore(String figure, long more) throws IOException {
      await(figure, Math.max(0, figure(figure)) + more);
    }

    /** Lets it end by itself and says how many spans it has made. */
    int end() throws IOException, InterruptedException {
      System.out.println("ledger " + ledger());
      process.input("");
      process.awaitEnd();
      process.err().lines().filter(line -> line.contains("flushed")).forEach(System.out::println);
      assertThat(process.exitCode()).isZero();
      assertThat(process.err()).contains(", lost 0");
      Matcher matcher = MADE.matcher(process.out());
      assertThat(matcher.find()).as("%s", process).isTrue();
      return Integer.parseInt(matcher.group(1));
    }

    /** Kills it and says what it has said before. */
    Map<String, Long> kill() throws IOException, InterruptedException {
      Map<String, Long> last = ledger();
      System.out.println("killed at " + last);
      process.process().process().destroyForcibly().waitFor();
      return last;
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
