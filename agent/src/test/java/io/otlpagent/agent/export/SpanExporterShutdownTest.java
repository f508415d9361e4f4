package io.otlpagent.agent.export;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.transport.ExportResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SpanExporterShutdownTest {

  private static final ExportResult UNAVAILABLE =
      ExportResult.retryable("unavailable", "UNAVAILABLE", 0);

  private final ScriptedSender sender = new ScriptedSender();

  @Test
  void theShutdownDoesNotWaitForACollectorThatCannotBeReached() throws Exception {
    sender.always(() -> ExportResult.unreached("connection", "refused"));
    Pipeline pipeline = new Pipeline(64, Pipeline.settings(5), sender).start();
    pipeline.record(5);
    await().until(() -> sender.attempts() >= 2);

    String summary = pipeline.shutdown(60_000);

    assertThat(summary).isEqualTo("flushed 0, lost 5 because of retries_exhausted (5)");
    assertBalanced(pipeline);
  }

  @Test
  void theShutdownTriesAtOnceThoughTheCollectorAskedForQuiet() throws Exception {
    ExportResult later = ExportResult.retryable("unavailable", "busy", SECONDS.toNanos(100));
    sender.next(() -> later);
    ExporterSettings once =
        new ExporterSettings(5, Pipeline.HOUR, 0, new RetryPolicy(0, 0, 0, 1.0));
    Pipeline pipeline = new Pipeline(64, once, sender).start();
    pipeline.record(5);
    await().until(() -> pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED) == 5);
    pipeline.record(4);

    String summary = pipeline.shutdown(60_000);

    assertThat(summary).isEqualTo("flushed 4, lost 0");
    assertThat(sender.attempts()).isEqualTo(2);
    assertBalanced(pipeline);
  }

  @Test
  void theShutdownExportsWhatIsQueued() throws Exception {
    Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender).start();
    await().until(pipeline.exporter::running);
    pipeline.record(9);

    String summary = pipeline.shutdown(60_000);

    assertThat(summary).isEqualTo("flushed 9, lost 0");
    pipeline.thread.join(60_000);
    assertThat(sender.closed()).isTrue();
    assertThat(pipeline.exporter.running()).isFalse();
    assertBalanced(pipeline);
  }

  @Test
  void spansAfterTheShutdownAreCounted() throws Exception {
    Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender).start();
    await().until(pipeline.exporter::running);
    pipeline.shutdown(60_000);

    pipeline.record(3);

    assertThat(pipeline.ledger.dropped(DropReason.SHUTDOWN)).isEqualTo(3);
    assertBalanced(pipeline);
    assertThat(pipeline.flush()).isTrue();
  }

  @Test
  void spansOfferedWhileTheQueueIsClosedAreCounted() throws Exception {
    for (int round = 0; round < 20; round++) {
      Pipeline pipeline = new Pipeline(4096, Pipeline.settings(10), sender).start();
      await().until(pipeline.exporter::running);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Thread thread = new Thread(() -> pipeline.record(1000));
        thread.start();
        threads.add(thread);
      }

      pipeline.shutdown(0);
      for (Thread thread : threads) {
        thread.join();
      }
      pipeline.thread.join(60_000);

      assertThat(pipeline.ledger.queued()).isZero();
      assertBalanced(pipeline);
    }
  }

  @Test
  void aSpanThatIsOfferedAfterTheLastDrainIsCounted() {
    Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender);
    pipeline.record(1);

    pipeline.queue.close();
    pipeline.queue.abandon();

    assertThat(pipeline.ledger.queued()).isZero();
    assertThat(pipeline.ledger.dropped(DropReason.SHUTDOWN)).isEqualTo(1);
    assertBalanced(pipeline);
  }

  @Test
  void theShutdownEndsTheWaitForARetry() throws Exception {
    ExportResult later = ExportResult.retryable("unavailable", "busy", SECONDS.toNanos(100));
    sender.next(() -> later);
    Pipeline pipeline = new Pipeline(64, Pipeline.settings(5), sender).start();
    pipeline.record(5);
    await().until(() -> sender.attempts() == 1);

    String summary = pipeline.shutdown(60_000);

    assertThat(summary).isEqualTo("flushed 5, lost 0");
    assertThat(sender.attempts()).isEqualTo(2);
    assertBalanced(pipeline);
  }

  @Test
  void theBudgetOfTheShutdownIsKept() throws Exception {
    sender.always(() -> ExportResult.retryable("unavailable", "busy", SECONDS.toNanos(100)));
    Pipeline pipeline = new Pipeline(64, Pipeline.settings(5), sender).start();
    await().until(pipeline.exporter::running);
    pipeline.record(12);

    String summary = pipeline.end(100);

    assertThat(summary).isEqualTo("flushed 0, lost 12 because of shutdown (12)");
    assertBalanced(pipeline);
  }

  @Test
  void theShutdownDoesNotTryEveryBatchOnADeadCollector() throws Exception {
    sender.always(() -> UNAVAILABLE);
    Pipeline pipeline = new Pipeline(64, Pipeline.settings(20), sender);
    pipeline.record(64);
    pipeline.exporter.shutdown(SECONDS.toNanos(60), List.of());

    pipeline.exporter.run();

    assertThat(sender.attempts()).isEqualTo(4);
    assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(20);
    assertThat(pipeline.ledger.dropped(DropReason.SHUTDOWN)).isEqualTo(44);
    assertBalanced(pipeline);
  }

  private static void assertBalanced(Pipeline pipeline) {
    assertThat(pipeline.ledger.accounted()).isEqualTo(pipeline.ledger.started());
  }
}
