package io.otlpagent.instrumentation.metrics;

import io.otlpagent.instrumentation.trace.Span;

/**
 * What operators can change about histograms. Immutable; read when a series is made, and when
 * something is recorded.
 */
public final class HistogramSettings {

  /** Which measurements may become exemplars. */
  public enum ExemplarFilter {
    /** Those whose span is sampled. */
    TRACE_BASED,
    ALWAYS_ON,
    ALWAYS_OFF
  }

  /**
   * Which buckets are counted for those that histograms are sent to; scrapes have explicit ones.
   */
  public enum Aggregation {
    EXPLICIT_BUCKET_HISTOGRAM,
    BASE2_EXPONENTIAL_BUCKET_HISTOGRAM
  }

  public static final HistogramSettings DEFAULT =
      new HistogramSettings(
          2000, ExemplarFilter.TRACE_BASED, Aggregation.EXPLICIT_BUCKET_HISTOGRAM);

  private static volatile HistogramSettings installed = DEFAULT;

  private final int maxSeries;
  private final ExemplarFilter exemplarFilter;
  private final boolean exponential;

  /**
   * @param maxSeries of one histogram, with the one for what does not fit; at least 1
   */
  public HistogramSettings(int maxSeries, ExemplarFilter exemplarFilter, Aggregation aggregation) {
    this.maxSeries = maxSeries;
    this.exemplarFilter = exemplarFilter;
    this.exponential = aggregation == Aggregation.BASE2_EXPONENTIAL_BUCKET_HISTOGRAM;
  }

  public static HistogramSettings installed() {
    return installed;
  }

  /** Installs it for all histograms; they keep the series that they have. */
  public static void install(HistogramSettings settings) {
    installed = settings;
  }

  int maxSeries() {
    return maxSeries;
  }

  /** Whether exponential buckets are counted in addition to explicit ones. */
  public boolean exponential() {
    return exponential;
  }

  boolean wantsExemplar(Span span) {
    return exemplarFilter == ExemplarFilter.TRACE_BASED
        ? span.sampled()
        : exemplarFilter == ExemplarFilter.ALWAYS_ON;
  }
}
