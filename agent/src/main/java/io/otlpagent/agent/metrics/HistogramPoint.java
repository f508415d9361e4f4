package io.otlpagent.agent.metrics;

import io.otlpagent.instrumentation.semconv.Exemplar;
import org.jspecify.annotations.Nullable;

/** A histogram with explicit bounds at one moment. Immutable; it owns its arrays. */
public final class HistogramPoint {

  private final double[] bounds;
  private final long[] counts;
  private final double sum;
  private final @Nullable Exemplar[] exemplars;

  /**
   * @param bounds upper bounds, inclusive, ascending
   * @param counts of each bucket alone, one more than there are bounds
   */
  public HistogramPoint(double[] bounds, long[] counts, double sum) {
    this(bounds, counts, sum, new Exemplar[counts.length]);
  }

  /**
   * @param exemplars one a bucket, null where there is none
   */
  public HistogramPoint(
      double[] bounds, long[] counts, double sum, @Nullable Exemplar[] exemplars) {
    this.bounds = bounds;
    this.counts = counts;
    this.sum = sum;
    this.exemplars = exemplars;
  }

  public int buckets() {
    return counts.length;
  }

  /** The upper bound of a bucket; infinite for the last one. */
  public double bound(int bucket) {
    return bucket < bounds.length ? bounds[bucket] : Double.POSITIVE_INFINITY;
  }

  /** How many values a bucket alone has. */
  public long count(int bucket) {
    return counts[bucket];
  }

  public long count() {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    return all;
  }

  public double sum() {
    return sum;
  }

  /** A value of that bucket whose span is known; null if there is none. */
  public @Nullable Exemplar exemplar(int bucket) {
    return exemplars[bucket];
  }

  /** What was added since an earlier moment; all of it if this is no continuation of that. */
  HistogramPoint since(HistogramPoint earlier) {
    long[] added = counts.clone();
    for (int i = 0; i < added.length; i++) {
      added[i] -= earlier.counts[i];
      if (added[i] < 0) {
        return this;
      }
    }
    return new HistogramPoint(bounds, added, sum - earlier.sum, exemplars);
  }
}
