package io.otlpagent.agent.metrics;

import io.otlpagent.instrumentation.metrics.Exemplar;
import io.otlpagent.instrumentation.metrics.ExponentialHistogram;
import io.otlpagent.instrumentation.metrics.ExponentialPoint;
import org.jspecify.annotations.Nullable;

/**
 * A histogram at one moment: its explicit buckets, and the exponential ones if they are wanted.
 * Immutable; it owns its arrays.
 */
public final class HistogramPoint {

  private final double[] bounds;
  private final long[] counts;
  private final double sum;
  private final @Nullable Exemplar[] exemplars;

  // Both null, or none.
  private final @Nullable ExponentialHistogram source;
  private final @Nullable ExponentialPoint exponential;

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
    this(bounds, counts, sum, exemplars, null, null);
  }

  private HistogramPoint(
      double[] bounds,
      long[] counts,
      double sum,
      @Nullable Exemplar[] exemplars,
      @Nullable ExponentialHistogram source,
      @Nullable ExponentialPoint exponential) {
    this.bounds = bounds;
    this.counts = counts;
    this.sum = sum;
    this.exemplars = exemplars;
    this.source = source;
    this.exponential = exponential;
  }

  /** The same with all exponential buckets that have not been {@link #delivered} as differences. */
  HistogramPoint withExponential(ExponentialHistogram source) {
    return new HistogramPoint(bounds, counts, sum, exemplars, source, source.collect());
  }

  /** The exponential buckets; null if there are only explicit ones. */
  public @Nullable ExponentialPoint exponential() {
    return exponential;
  }

  /** The collector took this as what was added: the exponential buckets begin from nothing. */
  void delivered() {
    if (source != null && exponential != null) {
      source.forget(exponential);
    }
  }

  /** Whether it has no value. */
  boolean isNothing() {
    return exponential == null ? count() == 0 : exponential.count() == 0;
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

  /**
   * What was added since an earlier moment; all of it if this is no continuation of that. The
   * exponential buckets are that already.
   */
  HistogramPoint since(HistogramPoint earlier) {
    long[] added = counts.clone();
    for (int i = 0; i < added.length; i++) {
      added[i] -= earlier.counts[i];
      if (added[i] < 0) {
        return this;
      }
    }
    return new HistogramPoint(bounds, added, sum - earlier.sum, exemplars, source, exponential);
  }
}
