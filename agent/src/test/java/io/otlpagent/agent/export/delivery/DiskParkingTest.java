package io.otlpagent.agent.export.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.export.Pipeline;
import io.otlpagent.agent.export.ScriptedSender;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.transport.ExportResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class DiskParkingTest {

  private static final ExportResult UNAVAILABLE =
      ExportResult.retryable("unavailable", "UNAVAILABLE", 0);
  private static final ExportResult UNREACHED = ExportResult.unreached("connect", "nobody there");

  @TempDir private Path folder;

  private final ScriptedSender sender = new ScriptedSender();

  @Test
  void whatTheCollectorDoesNotTakeGoesToDisk() throws Exception {
    sender.always(() -> UNAVAILABLE);
    try (Pipeline pipeline = started(64, 10)) {
      pipeline.record(25);
      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.onDisk()).isEqualTo(25);
      assertThat(pipeline.ledger.dropped()).isZero();
      assertThat(pipeline.parking.bytesOnDisk()).isPositive();
      assertBalanced(pipeline);
    }
  }

  @Test
  void itIsSentInOrderWhenTheCollectorIsBack() throws Exception {
    sender.always(() -> UNREACHED);
    try (Pipeline pipeline = started(64, 10)) {
      for (int i = 0; i < 50; i++) {
        pipeline.end(pipeline.begin("span " + i));
      }
      assertThat(pipeline.flush()).isTrue();
      assertThat(pipeline.ledger.onDisk()).isEqualTo(50);

      sender.always(ExportResult::success);

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(50));
      assertThat(sender.accepted())
          .extracting(span -> span.getName())
          .containsExactlyElementsOf(names(50));
      assertThat(pipeline.ledger.onDisk()).isZero();
      assertThat(pipeline.parking.bytesOnDisk()).isZero();
      assertBalanced(pipeline);
    }
  }

  @Test
  void anOutageDoesNotCostAnAttemptForEveryBatch() throws Exception {
    ExportResult later = ExportResult.retryable("unavailable", "busy", SECONDS.toNanos(100));
    sender.always(() -> later);
    RetryPolicy once = new RetryPolicy(0, 0, 0, 1.0);
    ExporterSettings settings = new ExporterSettings(10, Pipeline.HOUR, SECONDS.toNanos(10), once);
    try (Pipeline pipeline = started(1024, settings)) {
      pipeline.record(1000);
      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.onDisk()).isEqualTo(1000);
      assertThat(sender.attempts()).isEqualTo(1);
    }
  }

  @Test
  void aCollectorThatHangsDoesNotOverflowTheQueue() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    sender.next(
        () -> {
          awaitUninterruptibly(answer);
          return UNAVAILABLE;
        });
    try (Pipeline pipeline = started(64, 10)) {
      for (int i = 0; i < 50; i++) {
        pipeline.record(20);
        await().pollInterval(Duration.ofMillis(1)).until(() -> pipeline.queue.size() < 40);
      }
      assertThat(pipeline.ledger.onDisk()).isGreaterThan(900);
      assertThat(pipeline.ledger.dropped()).isZero();

      answer.countDown();
      assertThat(pipeline.flush()).isTrue();
      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(1000));

      assertThat(unique()).hasSize(1000);
      assertThat(sender.accepted()).hasSize(1000);
      assertBalanced(pipeline);
    }
  }

  @Test
  void anAnswerAfterAllSettlesWhatIsOnDiskMeanwhile() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    sender.next(
        () -> {
          awaitUninterruptibly(answer);
          return ExportResult.partial(2, "two");
        });
    try (Pipeline pipeline = started(64, 10)) {
      pipeline.record(10);
      await().until(() -> sender.attempts() == 1);
      pipeline.record(40);
      await().until(() -> pipeline.ledger.onDisk() >= 40);
      answer.countDown();
      assertThat(pipeline.flush()).isTrue();

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(48));
      assertThat(pipeline.ledger.rejected()).isEqualTo(2);
      assertThat(unique()).hasSize(50);
      assertThat(sender.accepted()).hasSize(50);
      assertBalanced(pipeline);
    }
  }

  @Test
  void theNextJvmSendsWhatTheFormerKept() throws Exception {
    sender.always(() -> UNAVAILABLE);
    Pipeline former = started(64, 10);
    former.record(33);
    assertThat(former.shutdown(60_000)).isEqualTo("flushed 0, kept 33 on disk, lost 0");
    former.thread.join(60_000);
    assertBalanced(former);
    sender.always(ExportResult::success);

    try (Pipeline pipeline = started(64, 10)) {
      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(33));

      assertThat(pipeline.ledger.recovered()).isEqualTo(33);
      assertThat(pipeline.ledger)
          .hasToString(
              "started 0 + recovered 33 = live 0 + queued 0 + inflight 0 + exported 33"
                  + " + rejected 0 + dropped 0 + on_disk 0");
      assertThat(sender.accepted()).hasSize(33);
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aJvmThatEndsIsTakenOverByOneThatRuns() throws Exception {
    sender.always(() -> UNAVAILABLE);
    Pipeline first = started(64, 10);
    try (Pipeline second = started(64, 10)) {
      first.record(20);
      first.shutdown(60_000);
      first.thread.join(60_000);
      sender.always(ExportResult::success);

      await().untilAsserted(() -> assertThat(second.ledger.exported()).isEqualTo(20));
      assertThat(second.ledger.recovered()).isEqualTo(20);
      assertBalanced(second);
    }
  }

  @Test
  void aHangingCollectorDoesNotDelayTheExit() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    sender.always(
        () -> {
          awaitUninterruptibly(never);
          return UNAVAILABLE;
        });
    Pipeline pipeline = started(64, 10);
    pipeline.record(15);
    await().until(() -> sender.attempts() == 1);
    pipeline.record(10);

    String summary = pipeline.end(400);

    never.countDown();
    assertThat(summary).isEqualTo("flushed 0, kept 25 on disk, lost 0");
    assertBalanced(pipeline);
    pipeline.thread.join(60_000);
  }

  @Test
  void theExitFlushesToACollectorThatAnswers() throws Exception {
    Pipeline pipeline = started(64, 10);
    pipeline.record(9);

    assertThat(pipeline.shutdown(60_000)).isEqualTo("flushed 9, lost 0");
    assertBalanced(pipeline);
    pipeline.thread.join(60_000);
  }

  @Test
  void whatTheCollectorRefusesIsNotKept() throws Exception {
    sender.next(() -> UNAVAILABLE).next(() -> UNAVAILABLE).next(() -> UNAVAILABLE);
    sender.next(() -> UNAVAILABLE);
    sender.next(() -> ExportResult.permanent("invalid_argument", "no"));
    try (Pipeline pipeline = started(64, 10)) {
      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();

      await()
          .untilAsserted(
              () -> assertThat(pipeline.ledger.dropped(DropReason.PERMANENT_ERROR)).isEqualTo(10));
      assertThat(pipeline.ledger.onDisk()).isZero();
      assertBalanced(pipeline);
    }
  }

  @Test
  void whatIsOnDiskOutlivesTroubleInTheSender() throws Exception {
    sender.always(() -> UNAVAILABLE);
    try (Pipeline pipeline = started(64, 10)) {
      pipeline.record(30);
      assertThat(pipeline.flush()).isTrue();
      int before = sender.attempts();
      sender.always(
          () -> {
            throw new Error("of the test") {
              @Override
              public String toString() {
                throw new OutOfMemoryError("of the test");
              }
            };
          });
      await().until(() -> sender.attempts() > before + 2);

      assertThat(pipeline.ledger.onDisk()).isEqualTo(30);
      sender.always(ExportResult::success);

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(30));
      assertBalanced(pipeline);
    }
  }

  @Test
  void aDiskThatCannotBeWrittenIsAsIfThereWereNone() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "in the way");
    sender.always(() -> UNAVAILABLE);
    Pipeline pipeline = pipeline(64, Pipeline.settings(10), settings(inTheWay, 1 << 20)).start();
    try (pipeline) {
      await().until(pipeline.exporter::running);
      pipeline.record(20);
      assertThat(pipeline.flush()).isTrue();
      assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(20);

      Files.delete(inTheWay);
      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.onDisk()).isEqualTo(10);
      assertBalanced(pipeline);
    }
  }

  @Test
  void theBoundDropsTheOldest() throws Exception {
    sender.always(() -> UNAVAILABLE);
    Pipeline pipeline =
        pipeline(64, Pipeline.settings(10), settings(folder, BufferSettings.MIN_BYTES)).start();
    try (pipeline) {
      await().until(pipeline.exporter::running);
      for (int i = 0; i < 200; i++) {
        pipeline.record(20);
        assertThat(pipeline.flush()).isTrue();
      }

      assertThat(pipeline.ledger.dropped(DropReason.BUFFER_FULL)).isPositive();
      assertThat(pipeline.parking.bytesOnDisk()).isLessThanOrEqualTo(BufferSettings.MIN_BYTES);
      assertBalanced(pipeline);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everySpanIsAccountedForWhateverHappens(long seed) throws Exception {
    Random random = new Random(seed);
    AtomicBoolean calm = new AtomicBoolean();
    sender.always(
        () ->
            calm.get()
                ? ExportResult.success()
                : switch (random.nextInt(6)) {
                  case 0, 1 -> UNAVAILABLE;
                  case 2 -> UNREACHED;
                  case 3 -> ExportResult.partial(1, "one");
                  case 4 -> throw new IllegalStateException("of the test");
                  default -> ExportResult.success();
                });
    List<Pipeline> ended = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      Pipeline pipeline = started(128, 20);
      for (int i = 0; i < 10; i++) {
        pipeline.record(random.nextInt(100));
        if (random.nextInt(5) == 0) {
          assertThat(pipeline.flush()).isTrue();
        }
      }
      pipeline.shutdown(60_000);
      pipeline.thread.join(60_000);
      assertBalanced(pipeline);
      assertThat(pipeline.ledger.inflight() + pipeline.ledger.queued()).isZero();
      ended.add(pipeline);
    }
    calm.set(true);
    Pipeline last = started(128, 20);
    await().untilAsserted(() -> assertThat(last.ledger.onDisk()).isZero());
    last.shutdown(60_000);
    last.thread.join(60_000);
    assertBalanced(last);
    ended.add(last);
    long arrived = ended.stream().mapToLong(p -> p.ledger.exported() + p.ledger.rejected()).sum();
    assertThat(unique()).hasSize((int) arrived);
    assertThat(sender.accepted()).hasSize((int) arrived);
  }

  private Pipeline started(int capacity, int batchSize) {
    return started(capacity, Pipeline.settings(batchSize));
  }

  private Pipeline started(int capacity, ExporterSettings settings) {
    Pipeline pipeline = pipeline(capacity, settings, settings(folder, 64 << 20));
    pipeline.start();
    await().until(pipeline.exporter::running);
    return pipeline;
  }

  private Pipeline pipeline(int capacity, ExporterSettings settings, BufferSettings disk) {
    return new Pipeline(new Pipeline.Options(capacity, settings, sender).disk(disk));
  }

  private static BufferSettings settings(Path folder, long maxBytes) {
    return new BufferSettings(folder.toFile(), "shop", maxBytes, 3_600_000);
  }

  private HashSet<Object> unique() {
    HashSet<Object> unique = new HashSet<>();
    sender.accepted().forEach(span -> unique.add(span.getSpanId()));
    return unique;
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "span " + i).toList();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await(60, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertBalanced(Pipeline pipeline) {
    assertThat(pipeline.ledger.accounted())
        .as("%s", pipeline.ledger)
        .isEqualTo(pipeline.ledger.started() + pipeline.ledger.recovered());
  }
}
