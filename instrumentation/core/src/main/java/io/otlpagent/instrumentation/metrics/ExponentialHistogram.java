package io.otlpagent.instrumentation.metrics;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A histogram that finds its buckets by itself. Application threads record, without a lock, and
 * allocate only when the range of values does not fit any more: a few times between two
 * collections, and at most 20 times for durations, since each time the scale falls. The exporter
 * thread collects.
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/otel/metrics/sdk/#base2-exponential-bucket-histogram-aggregation">
 *     Metrics SDK: base2 exponential bucket histogram aggregation</a>
 */
public final class ExponentialHistogram {

  private static final AtomicReferenceFieldUpdater<
          ExponentialHistogram, @Nullable ExponentialBuckets>
      BUCKETS =
          AtomicReferenceFieldUpdater.newUpdater(
              ExponentialHistogram.class, ExponentialBuckets.class, "buckets");

  // The coarsest since the last collection; null as long as nothing was recorded.
  private volatile @Nullable ExponentialBuckets buckets;

  // Owned by the exporter thread.
  private ExponentialPoint collected = ExponentialPoint.EMPTY;

  /**
   * Adds a value. A negative one counts as 0, one that is no number or infinite not at all, since
   * it has no bucket.
   */
  public void record(double value) {
    if (!(value <= Double.MAX_VALUE)) {
      return;
    }
    double positive = value > 0 ? value : 0;
    int index = value > 0 ? ExponentialIndex.of(value) : 0;
    while (true) {
      ExponentialBuckets now = buckets;
      if (now == null) {
        BUCKETS.compareAndSet(this, null, new ExponentialBuckets());
      } else if (value > 0 && !now.reach(index)) {
        BUCKETS.compareAndSet(this, now, now.coarser(index));
      } else if (now.add(index, positive)) {
        return;
      }
    }
  }

  /** All values but those that were forgotten. Called by the exporter thread. */
  public ExponentialPoint collect() {
    // From here on others are in their place, so that nobody waits while these are drained.
    ExponentialBuckets taken = BUCKETS.getAndSet(this, null);
    while (taken != null) {
      collected = collected.plus(taken.drain());
      taken = taken.finer();
    }
    return collected;
  }

  /**
   * Forgets what the last call of {@link #collect} has returned. Called by the exporter thread.
   *
   * @param delivered what that was; nothing happens if it was something else
   */
  public void forget(ExponentialPoint delivered) {
    if (collected == delivered) {
      collected = ExponentialPoint.EMPTY;
    }
  }
}
