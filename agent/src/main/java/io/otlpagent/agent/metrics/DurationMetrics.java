package io.otlpagent.agent.metrics;

import io.otlpagent.instrumentation.semconv.DurationHistogram;
import java.util.ArrayList;
import java.util.List;

/** The duration histograms of the semantic conventions: what the application's traffic did. */
public final class DurationMetrics implements MetricSource {

  private static final Labels OVERFLOW = Labels.of("otel.metric.overflow", true);

  private final List<DurationHistogram> histograms;
  private final List<Metric> metrics = new ArrayList<>();

  public DurationMetrics(List<DurationHistogram> histograms) {
    this(histograms, 0);
  }

  /**
   * @param startEpochNanos since when they count; 0: since the agent's start
   */
  DurationMetrics(List<DurationHistogram> histograms, long startEpochNanos) {
    this.histograms = new ArrayList<>(histograms);
    for (DurationHistogram histogram : histograms) {
      metrics.add(
          Metric.histogram(histogram.name(), "s", histogram.description()).since(startEpochNanos));
    }
  }

  @Override
  public void collect(MetricCollector collector) {
    for (int i = 0; i < histograms.size(); i++) {
      DurationHistogram histogram = histograms.get(i);
      double[] bounds = histogram.boundsSeconds();
      collector.begin(metrics.get(i));
      for (DurationHistogram.Series series : histogram.allSeries()) {
        collector.histogram(point(bounds, series), Labels.of(histogram.keys(), series.values()));
      }
      HistogramPoint overflow = point(bounds, histogram.overflow());
      if (overflow.count() > 0) {
        collector.histogram(overflow, OVERFLOW);
      }
    }
  }

  private static HistogramPoint point(double[] bounds, DurationHistogram.Series series) {
    return new HistogramPoint(
        bounds, series.bucketCounts(), series.sumSeconds(), series.exemplars());
  }
}
