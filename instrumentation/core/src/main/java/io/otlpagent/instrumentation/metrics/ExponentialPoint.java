package io.otlpagent.instrumentation.metrics;

/**
 * An exponential histogram at one moment, at the finest scale at which its values take no more than
 * 160 buckets. Immutable; it owns its array.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram">
 *     Metrics data model: exponential histogram</a>
 */
public final class ExponentialPoint {

  static final int MAX_SIZE = 160;

  /** Of no value. */
  public static final ExponentialPoint EMPTY =
      new ExponentialPoint(
          ExponentialIndex.MAX_SCALE,
          0,
          new long[0],
          0,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private final int scale;
  private final int offset;
  private final long[] counts;
  private final long zeroCount;
  private final double min;
  private final double max;

  /**
   * @param offset the number of the first bucket
   * @param counts of at most {@link #MAX_SIZE} buckets; those at both ends have values
   */
  ExponentialPoint(int scale, int offset, long[] counts, long zeroCount, double min, double max) {
    this.scale = scale;
    this.offset = offset;
    this.counts = counts;
    this.zeroCount = zeroCount;
    this.min = min;
    this.max = max;
  }

  /** How far the scale has to fall until these buckets and all between them are not too many. */
  static int excess(int first, int last) {
    int by = 0;
    while ((long) (last >> by) - (first >> by) >= MAX_SIZE) {
      by++;
    }
    return by;
  }

  /** All values of both. */
  ExponentialPoint plus(ExponentialPoint other) {
    if (other.count() == 0) {
      return this;
    }
    if (count() == 0) {
      return other;
    }
    int common = Math.min(scale, other.scale);
    int first = Math.min(first(common), other.first(common));
    int last = Math.max(last(common), other.last(common));
    int by = excess(first, last);
    long[] sums = new long[Math.max(0, (last >> by) - (first >> by) + 1)];
    addTo(sums, first >> by, common - by);
    other.addTo(sums, first >> by, common - by);
    return new ExponentialPoint(
        common - by,
        sums.length == 0 ? 0 : first >> by,
        sums,
        zeroCount + other.zeroCount,
        Math.min(min, other.min),
        Math.max(max, other.max));
  }

  /** The first bucket at a scale that is not finer; above all others if there is none. */
  private int first(int scale) {
    return counts.length == 0 ? Integer.MAX_VALUE : offset >> (this.scale - scale);
  }

  private int last(int scale) {
    return counts.length == 0
        ? Integer.MIN_VALUE
        : (offset + counts.length - 1) >> (this.scale - scale);
  }

  private void addTo(long[] sums, int first, int scale) {
    for (int i = 0; i < counts.length; i++) {
      sums[((offset + i) >> (this.scale - scale)) - first] += counts[i];
    }
  }

  /** At most 20; each step down makes buckets twice as wide on a logarithmic axis. */
  public int scale() {
    return scale;
  }

  /** The number of the first bucket, whose lower bound is 2^(offset·2^-scale), exclusive. */
  public int offset() {
    return offset;
  }

  /** How many buckets there are from that one on; at most 160. */
  public int buckets() {
    return counts.length;
  }

  /** How many values that bucket has, counted from the {@link #offset}. */
  public long count(int bucket) {
    return counts[bucket];
  }

  /** How many values are 0. */
  public long zeroCount() {
    return zeroCount;
  }

  /** How many values there are. */
  public long count() {
    long all = zeroCount;
    for (long count : counts) {
      all += count;
    }
    return all;
  }

  /** The least value; infinite if there is none. */
  public double min() {
    return min;
  }

  /** The greatest value; negative infinity if there is none. */
  public double max() {
    return max;
  }
}
