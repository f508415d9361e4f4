package io.otlpagent.agent.export;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.export.delivery.ExporterSettings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class BatchTimerTest {

  private static final long LEAST_PAUSE_NANOS = MILLISECONDS.toNanos(100);

  private final ScriptedSender sender = new ScriptedSender();

  @Test
  void withATimeoutOfZeroTheExporterSleepsUntilThereIsASpan() throws Exception {
    try (Pipeline pipeline = new Pipeline(64, eager(), sender).start()) {
      await().until(() -> pipeline.thread.getState() == Thread.State.TIMED_WAITING);

      pipeline.record(1);

      await().until(() -> pipeline.ledger.exported() == 1);
      await().until(() -> pipeline.thread.getState() == Thread.State.TIMED_WAITING);
      assertThat(sender.attempts()).isEqualTo(1);
    }
  }

  @Test
  void withATimeoutOfZeroThereAreAtMostTenExportsASecond() throws Exception {
    try (Pipeline pipeline = new Pipeline(1 << 16, eager(1 << 16), sender).start()) {
      await().until(pipeline.exporter::running);
      long start = System.nanoTime();

      while (sender.attempts() < 8) {
        pipeline.record(1);
        LockSupport.parkNanos(MILLISECONDS.toNanos(1));
      }

      long exports = sender.attempts();
      long pauses = (System.nanoTime() - start) / LEAST_PAUSE_NANOS;
      assertThat(exports).isLessThanOrEqualTo(pauses + 1);
    }
  }

  @Test
  void withATimeoutOfZeroTheFirstSpanAfterAPauseIsDueAndTheNextIsNot() {
    Pipeline pipeline = new Pipeline(64, eager(), sender);
    BatchTimer timer = new BatchTimer(pipeline.queue, eager());
    await().until(() -> timer.waitNanos() == Long.MAX_VALUE);
    assertThat(timer.due()).isFalse();

    pipeline.record(1);

    assertThat(timer.due()).isTrue();
    timer.exported();
    assertThat(timer.due()).isFalse();
    assertThat(timer.waitNanos()).isLessThanOrEqualTo(LEAST_PAUSE_NANOS);
  }

  @Test
  void aFullBatchIsDueAtOnce() {
    Pipeline pipeline = new Pipeline(64, eager(), sender);
    BatchTimer timer = new BatchTimer(pipeline.queue, eager());

    pipeline.record(10);

    assertThat(timer.due()).isTrue();
  }

  @Test
  void otherwiseABatchIsDueWhenItsTimeIsOverAndNotBefore() {
    Pipeline pipeline = new Pipeline(64, eager(), sender);
    BatchTimer timer = new BatchTimer(pipeline.queue, Pipeline.settings(10));
    pipeline.record(1);
    assertThat(timer.due()).isFalse();
    assertThat(timer.waitNanos()).isPositive().isLessThanOrEqualTo(Pipeline.HOUR);

    timer.apply(new ExporterSettings(10, 1, TimeUnit.SECONDS.toNanos(60), Pipeline.EAGER));

    await().until(timer::due);
  }

  private static ExporterSettings eager() {
    return eager(10);
  }

  private static ExporterSettings eager(int batchSize) {
    return new ExporterSettings(batchSize, 0, TimeUnit.SECONDS.toNanos(60), Pipeline.EAGER);
  }
}
