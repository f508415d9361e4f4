package io.otlpagent.instrumentation.metrics;

import io.otlpagent.instrumentation.trace.Span;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the identity of one recent span of a bucket. Application threads write, without a lock and
 * without waiting for each other: whoever finds another one writing leaves it at that. All fields
 * are volatile, so that a reader who finds the stamp unchanged has seen one span and not two.
 */
final class ExemplarSlot {

  /** A span that ends within that time of the one that is kept is not worth the writing. */
  private static final long MIN_AGE_NANOS = 1_000_000_000L;

  private static final int READ_ATTEMPTS = 8;
  private static final AtomicIntegerFieldUpdater<ExemplarSlot> STAMP =
      AtomicIntegerFieldUpdater.newUpdater(ExemplarSlot.class, "stamp");

  // Odd while one thread writes.
  private volatile int stamp;
  private volatile long epochNanos;
  private volatile long traceIdHigh;
  private volatile long traceIdLow;
  private volatile long spanId;
  private volatile long value;

  /** Takes an ended span, unless what is here is as recent. */
  void offer(Span span, long value) {
    long end = span.endEpochNanos();
    if (Math.abs(end - epochNanos) < MIN_AGE_NANOS) {
      return;
    }
    int before = stamp;
    if ((before & 1) != 0 || !STAMP.compareAndSet(this, before, before + 1)) {
      return;
    }
    epochNanos = end;
    traceIdHigh = span.traceIdHigh();
    traceIdLow = span.traceIdLow();
    spanId = span.spanId();
    this.value = value;
    stamp = before + 2;
  }

  /**
   * What is kept; null if somebody just writes or nobody has yet.
   *
   * @param perUnit how much of what is kept makes one unit
   */
  @Nullable Exemplar read(double perUnit) {
    for (int i = 0; i < READ_ATTEMPTS; i++) {
      int before = stamp;
      Exemplar read = new Exemplar(traceIdHigh, traceIdLow, spanId, value / perUnit, epochNanos);
      if ((before & 1) == 0 && before == stamp) {
        return read.spanId() == 0 ? null : read;
      }
    }
    return null;
  }
}
