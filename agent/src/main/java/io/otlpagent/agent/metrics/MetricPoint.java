package io.otlpagent.agent.metrics;

import org.jspecify.annotations.Nullable;

/** One point of a metric: a whole number, a decimal one or a histogram. Immutable. */
public final class MetricPoint {

  private final Labels labels;
  private final long startEpochNanos;
  private final long epochNanos;

  // Exactly one of these is there.
  private final @Nullable Long whole;
  private final @Nullable Double decimal;
  private final @Nullable HistogramPoint histogram;

  // What is known of the series altogether; null if this is that.
  private final @Nullable MetricPoint total;

  /** A total. */
  MetricPoint(Labels labels, long startEpochNanos, long epochNanos, Object value) {
    this(labels, startEpochNanos, epochNanos, value, null);
  }

  private MetricPoint(
      Labels labels,
      long startEpochNanos,
      long epochNanos,
      Object value,
      @Nullable MetricPoint total) {
    this.labels = labels;
    this.startEpochNanos = startEpochNanos;
    this.epochNanos = epochNanos;
    this.whole = value instanceof Long ? (Long) value : null;
    this.decimal = value instanceof Double ? (Double) value : null;
    this.histogram = value instanceof HistogramPoint ? (HistogramPoint) value : null;
    this.total = total;
  }

  /**
   * What was added to this total.
   *
   * @param earlier null if nothing was known before
   * @param epochNanos when what is told begins
   */
  MetricPoint since(@Nullable MetricPoint earlier, long epochNanos) {
    return new MetricPoint(labels, epochNanos, this.epochNanos, added(earlier), this);
  }

  private Object added(@Nullable MetricPoint earlier) {
    if (whole != null) {
      long before = earlier == null || earlier.whole == null ? 0 : earlier.whole;
      return before <= whole ? whole - before : whole;
    }
    if (decimal != null) {
      double before = earlier == null || earlier.decimal == null ? 0 : earlier.decimal;
      return before <= decimal ? decimal - before : decimal;
    }
    HistogramPoint now = histogram();
    HistogramPoint before = earlier == null ? null : earlier.histogram;
    return before == null ? now : now.since(before);
  }

  /** Whether it says that nothing happened. */
  boolean isNothing() {
    return isHistogram() ? histogram().isNothing() : isDecimal() ? decimal() == 0 : whole() == 0;
  }

  /** The value since the very beginning; this itself if it is that. */
  MetricPoint total() {
    return total == null ? this : total;
  }

  public Labels labels() {
    return labels;
  }

  /** The moment from which on it counts, in nanoseconds since the Unix epoch. */
  public long startEpochNanos() {
    return startEpochNanos;
  }

  /** The moment up to which it counts. */
  public long epochNanos() {
    return epochNanos;
  }

  public boolean isHistogram() {
    return histogram != null;
  }

  public boolean isDecimal() {
    return decimal != null;
  }

  /** Of a point that is neither a histogram nor decimal. */
  public long whole() {
    return whole == null ? 0 : whole;
  }

  public double decimal() {
    return decimal == null ? 0 : decimal;
  }

  public HistogramPoint histogram() {
    if (histogram == null) {
      throw new IllegalStateException("not a histogram");
    }
    return histogram;
  }

  @Override
  public String toString() {
    String value = isDecimal() ? Double.toString(decimal()) : Long.toString(whole());
    return labels + " " + (isHistogram() ? histogram().count() + " values" : value);
  }
}
