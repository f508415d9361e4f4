package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.trace.Span;

/** What operators can change about histograms. Immutable; read whenever something is recorded. */
public final class HistogramSettings {

  /** Which measurements may become exemplars. */
  public enum ExemplarFilter {
    /** Those whose span is sampled. */
    TRACE_BASED,
    ALWAYS_ON,
    ALWAYS_OFF
  }

  public static final HistogramSettings DEFAULT =
      new HistogramSettings(2000, ExemplarFilter.TRACE_BASED);

  private static volatile HistogramSettings installed = DEFAULT;

  private final int maxSeries;
  private final ExemplarFilter exemplarFilter;

  /**
   * @param maxSeries of one histogram, with the one for what does not fit; at least 1
   */
  public HistogramSettings(int maxSeries, ExemplarFilter exemplarFilter) {
    this.maxSeries = maxSeries;
    this.exemplarFilter = exemplarFilter;
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

  boolean wantsExemplar(Span span) {
    return exemplarFilter == ExemplarFilter.TRACE_BASED
        ? span.sampled()
        : exemplarFilter == ExemplarFilter.ALWAYS_ON;
  }
}
