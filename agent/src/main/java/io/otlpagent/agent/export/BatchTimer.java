package io.otlpagent.agent.export;

import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.queue.SpanQueue;
import java.util.concurrent.TimeUnit;

/**
 * When a batch is to be exported: once it is full, or when its time is over. A timeout of 0 is "as
 * soon as there is a span", at most ten times a second. Used by the exporter thread.
 */
final class BatchTimer {

  /** Between two batches that are not full. */
  static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final SpanQueue queue;
  private int batchSize;
  private long timeoutNanos;
  private long next;

  BatchTimer(SpanQueue queue, ExporterSettings settings) {
    this.queue = queue;
    this.batchSize = settings.batchSize();
    this.timeoutNanos = settings.batchTimeoutNanos();
    exported();
  }

  /** Takes other settings; what waits need not wait for longer. */
  void apply(ExporterSettings changed) {
    long former = next;
    batchSize = changed.batchSize();
    timeoutNanos = changed.batchTimeoutNanos();
    exported();
    next = Math.min(next, former);
  }

  /** From now on the next batch gathers. */
  void exported() {
    next = System.nanoTime() + (timeoutNanos == 0 ? LEAST_PAUSE_NANOS : timeoutNanos);
    queue.wakeAt(batchSize);
  }

  boolean due() {
    return queue.batchReady()
        || (System.nanoTime() - next >= 0 && (timeoutNanos > 0 || !queue.isEmpty()));
  }

  /**
   * How long the exporter thread may sleep; it is woken by a full batch, or by the first span if
   * that is all that is waited for. To be asked before the queue is looked at a last time.
   */
  long waitNanos() {
    long left = next - System.nanoTime();
    if (timeoutNanos > 0 || left > 0) {
      return left;
    }
    queue.wakeAt(1);
    return Long.MAX_VALUE;
  }
}
