package io.otlpagent.agent.export;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.export.delivery.CollectorStatus;
import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.SenderSettings;
import io.otlpagent.instrumentation.trace.Span;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SpanExporterTest {

  private static final ExportResult UNAVAILABLE =
      ExportResult.retryable("unavailable", "UNAVAILABLE", 0);

  private final ScriptedSender sender = new ScriptedSender();

  @Test
  void aFullBatchIsExportedAtOnce() throws Exception {
    try (Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender).start()) {
      pipeline.record(10);

      await().untilAsserted(() -> assertThat(sender.accepted()).hasSize(10));

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(10));
      assertBalanced(pipeline);
    }
  }

  @Test
  void fewerSpansAreExportedAfterTheTimeout() throws Exception {
    ExporterSettings settings =
        new ExporterSettings(10, MILLISECONDS.toNanos(20), SECONDS.toNanos(10), Pipeline.EAGER);
    try (Pipeline pipeline = new Pipeline(64, settings, sender).start()) {
      pipeline.record(3);

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(3));
    }
  }

  @Test
  void aFlushExportsWhatIsQueued() throws Exception {
    try (Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender).start()) {
      await().until(pipeline.exporter::running);
      pipeline.record(25);

      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.exported()).isEqualTo(25);
      assertThat(sender.accepted()).hasSize(25);
      assertThat(pipeline.delivery.statistics().collector().state())
          .isEqualTo(CollectorStatus.State.OK);
      assertBalanced(pipeline);
    }
  }

  @Test
  void nothingIsSentWhenThereIsNothing() throws Exception {
    try (Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender).start()) {
      await().until(pipeline.exporter::running);

      assertThat(pipeline.flush()).isTrue();

      assertThat(sender.attempts()).isZero();
      assertThat(pipeline.delivery.statistics().collector().state())
          .isEqualTo(CollectorStatus.State.UNKNOWN);
    }
  }

  @Test
  void choresAreDone() throws Exception {
    try (Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender).start()) {
      await().untilAsserted(() -> assertThat(pipeline.chores).hasPositiveValue());
    }
  }

  @Test
  void aFailureIsRetriedAndCountedOnce() throws Exception {
    sender.next(() -> UNAVAILABLE).next(() -> UNAVAILABLE);
    try (Pipeline pipeline = exported(5)) {
      assertThat(sender.attempts()).isEqualTo(3);
      assertThat(pipeline.ledger.exported()).isEqualTo(5);
      assertThat(pipeline.ledger.dropped()).isZero();
      assertThat(pipeline.delivery.statistics().requests()).isEqualTo(3);
      assertThat(pipeline.delivery.statistics().errors())
          .hasEntrySatisfying("unavailable", count -> assertThat(count.sum()).isEqualTo(2));
      assertThat(pipeline.delivery.statistics().histograms().get(1).series().sum()).isEqualTo(5);
    }
  }

  @Test
  void retriesEnd() throws Exception {
    sender.always(() -> UNAVAILABLE);
    try (Pipeline pipeline = exported(5)) {
      assertThat(sender.attempts()).isEqualTo(4);
      assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(5);
      assertThat(pipeline.delivery.statistics().collector().state())
          .isEqualTo(CollectorStatus.State.FAILED);
    }
  }

  @Test
  void aCollectorThatCannotBeReachedUsesUpNoRetry() throws Exception {
    for (int i = 0; i < 8; i++) {
      sender.next(() -> ExportResult.unreached("connection", "refused"));
    }
    RetryPolicy held = new RetryPolicy(3, 0, 1, 1.0);
    ExporterSettings settings = new ExporterSettings(64, Pipeline.HOUR, 0, held);
    try (Pipeline pipeline = exported(5, settings)) {
      assertThat(sender.attempts()).isEqualTo(9);
      assertThat(pipeline.ledger.exported()).isEqualTo(5);
    }
  }

  @Test
  void whatIsHeldIsGivenUpInTheEnd() throws Exception {
    sender.always(() -> ExportResult.unreached("connection", "refused"));
    RetryPolicy brief = Pipeline.EAGER.within(SECONDS.toNanos(1));
    ExporterSettings settings = new ExporterSettings(64, Pipeline.HOUR, 0, brief);
    try (Pipeline pipeline = exported(5, settings)) {
      assertThat(sender.attempts()).isGreaterThan(1);
      assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(5);
    }
  }

  @Test
  void withoutRetriesThereIsOneAttemptWhateverFails() throws Exception {
    RetryPolicy off = new RetryPolicy(3, 0, 1, 1.0).off();
    ExporterSettings settings = new ExporterSettings(64, Pipeline.HOUR, 0, off);
    sender.next(() -> ExportResult.unreached("connection", "refused"));
    try (Pipeline pipeline = exported(5, settings)) {
      assertThat(sender.attempts()).isEqualTo(1);
      assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(5);
    }
    sender.next(() -> ExportResult.retryable("503", "busy", 0L));
    try (Pipeline pipeline = exported(5, settings)) {
      assertThat(sender.attempts()).isEqualTo(2);
      assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(5);
    }
  }

  @Test
  void aPermanentFailureIsNotRetried() throws Exception {
    sender.always(() -> ExportResult.permanent("invalid_argument", "no"));
    try (Pipeline pipeline = exported(5)) {
      assertThat(sender.attempts()).isEqualTo(1);
      assertThat(pipeline.ledger.dropped(DropReason.PERMANENT_ERROR)).isEqualTo(5);
    }
  }

  @Test
  void rejectedSpansAreNotCountedAsExported() throws Exception {
    sender.always(() -> ExportResult.partial(2, "too old"));
    try (Pipeline pipeline = exported(5)) {
      assertThat(sender.attempts()).isEqualTo(1);
      assertThat(pipeline.ledger.exported()).isEqualTo(3);
      assertThat(pipeline.ledger.rejected()).isEqualTo(2);
    }
  }

  @Test
  void anErrorInTheSenderIsRetried() throws Exception {
    sender.next(
        () -> {
          throw new StackOverflowError("of the test");
        });
    try (Pipeline pipeline = exported(5)) {
      assertThat(sender.attempts()).isEqualTo(2);
      assertThat(pipeline.ledger.exported()).isEqualTo(5);
    }
  }

  @Test
  void anErrorThatCannotEvenBeSaidDoesNotEndTheExporter() throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    Pipeline.Options options =
        new Pipeline.Options(64, Pipeline.settings(10), sender)
            .chore(
                () -> {
                  if (failed.compareAndSet(false, true)) {
                    throw new UnspeakableError();
                  }
                });
    try (Pipeline pipeline = new Pipeline(options).start()) {
      pipeline.record(10);

      await().untilAsserted(() -> assertThat(sender.accepted()).hasSize(10));
      assertThat(failed).isTrue();
    }
  }

  @Test
  void aSenderWithAnErrorThatCannotBeSaidIsRetried() throws Exception {
    sender.next(
        () -> {
          throw new UnspeakableError();
        });
    try (Pipeline pipeline = exported(5)) {
      assertThat(pipeline.ledger.exported()).isEqualTo(5);
    }
  }

  @Test
  void otherRetriesApplyToWhatIsBeingTried() throws Exception {
    sender.always(() -> ExportResult.unreached("connection", "refused"));
    RetryPolicy forEver = new RetryPolicy(3, 0, 1, 1.0).within(0);
    ExporterSettings before = new ExporterSettings(5, Pipeline.HOUR, 0, forEver);
    RetryPolicy briefly = new RetryPolicy(3, 0, 1, 1.0).within(1);
    ExporterSettings after = new ExporterSettings(5, Pipeline.HOUR, 0, briefly);
    try (Pipeline pipeline = new Pipeline(64, before, sender).start()) {
      pipeline.record(5);
      await().until(() -> sender.attempts() > 2);

      pipeline.context.control().apply(after);

      await().until(() -> pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED) == 5);
    }
  }

  @Test
  void liveSpansAreInTheLedger() throws Exception {
    try (Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender)) {
      Span open = pipeline.begin("open");
      pipeline.record(2);

      assertThat(pipeline.ledger)
          .hasToString(
              "started 3 = live 1 + queued 2 + inflight 0 + exported 0 + rejected 0 + dropped 0"
                  + " + on_disk 0");

      pipeline.end(open);
      assertBalanced(pipeline);
    }
  }

  @Test
  void aCollectorThatHangsIsLeftAtTheEndOfTheBudget() throws Exception {
    try (GrpcCollector collector = new GrpcCollector().always(GrpcCollector.hang())) {
      Pipeline pipeline = grpc(collector.port()).start();
      pipeline.record(10);
      await().until(() -> !collector.requests().isEmpty());

      String summary = pipeline.end(200);

      assertThat(summary).isEqualTo("flushed 0, lost 10 because of shutdown (10)");
      assertBalanced(pipeline);
    }
  }

  @Test
  void anAbsentCollectorCostsSpansAndNothingElse() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ExporterSettings brief =
        new ExporterSettings(
            10, Pipeline.HOUR, SECONDS.toNanos(10), Pipeline.EAGER.within(SECONDS.toNanos(1)));
    try (Pipeline pipeline = new Pipeline(64, brief, sender(port)).start()) {
      pipeline.record(25);

      await()
          .untilAsserted(
              () ->
                  assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(20));
      assertThat(pipeline.delivery.statistics().collector().message())
          .contains("Connection refused");
      assertBalanced(pipeline);
    }
  }

  @Test
  void aCollectorThatComesBackGetsTheBatch() throws Exception {
    ExporterSettings patient =
        new ExporterSettings(
            10,
            Pipeline.HOUR,
            SECONDS.toNanos(10),
            new RetryPolicy(1000, MILLISECONDS.toNanos(20), MILLISECONDS.toNanos(20), 1.0));
    GrpcCollector first = new GrpcCollector();
    int port = first.port();
    GrpcSender grpc = sender(port);
    try (Pipeline pipeline = new Pipeline(64, patient, grpc).start()) {
      await().until(pipeline.exporter::running);
      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();
      first.close();
      long before = pipeline.delivery.statistics().requests();
      pipeline.record(10);
      await().until(() -> pipeline.delivery.statistics().requests() > before + 2);

      try (GrpcCollector second = new GrpcCollector(port)) {
        await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(20));
        assertThat(second.spans()).hasSize(10);
      }
      assertBalanced(pipeline);
    }
  }

  @Test
  void everySpanOfManyThreadsIsAccountedFor() throws Exception {
    Random random = new Random(1);
    sender.always(
        () ->
            switch (random.nextInt(8)) {
              case 0 -> UNAVAILABLE;
              case 1 -> ExportResult.permanent("internal", "no");
              case 2 -> ExportResult.partial(1, "one");
              case 3 -> throw new IllegalStateException("of the test");
              default -> ExportResult.success();
            });
    Pipeline pipeline = new Pipeline(256, Pipeline.settings(50), sender).start();
    await().until(pipeline.exporter::running);

    int perThread = 20_000;
    List<Thread> threads = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                pipeline.record(perThread);
              });
      thread.start();
      threads.add(thread);
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    pipeline.shutdown(60_000);

    assertThat(pipeline.ledger.started()).isEqualTo(4L * perThread);
    assertThat(pipeline.ledger.inflight()).isZero();
    assertThat(pipeline.ledger.queued()).isZero();
    assertBalanced(pipeline);
    Set<Object> unique = new HashSet<>();
    sender.accepted().forEach(span -> unique.add(span.getSpanId()));
    assertThat(unique).hasSize(sender.accepted().size());
    assertThat(pipeline.ledger.exported() + pipeline.ledger.rejected()).isEqualTo(unique.size());
  }

  /** A pipeline that has tried to export that many spans. */
  private Pipeline exported(int spans) throws InterruptedException {
    return exported(spans, Pipeline.settings(64));
  }

  private Pipeline exported(int spans, ExporterSettings settings) throws InterruptedException {
    Pipeline pipeline = new Pipeline(64, settings, sender).start();
    await().until(pipeline.exporter::running);
    pipeline.record(spans);
    assertThat(pipeline.flush()).isTrue();
    assertBalanced(pipeline);
    return pipeline;
  }

  private static Pipeline grpc(int port) throws IOException {
    return new Pipeline(64, Pipeline.settings(10), sender(port));
  }

  private static GrpcSender sender(int port) {
    CollectorEndpoint endpoint = CollectorEndpoint.of("http://127.0.0.1:" + port, true);
    return new GrpcSender(new SenderSettings(endpoint, Map.of(), false, "1.2.3"));
  }

  /** As if there were no memory for its text. */
  private static final class UnspeakableError extends Error {

    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
      throw new OutOfMemoryError("of the test");
    }
  }

  private static void assertBalanced(Pipeline pipeline) {
    assertThat(pipeline.ledger.accounted()).isEqualTo(pipeline.ledger.started());
  }
}
