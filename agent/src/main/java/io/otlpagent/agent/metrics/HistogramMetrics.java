package io.otlpagent.agent.metrics;

import io.otlpagent.instrumentation.metrics.ExponentialHistogram;
import io.otlpagent.instrumentation.metrics.Histogram;
import java.util.ArrayList;
import java.util.List;

/** The histograms of the semantic conventions: what the application's traffic did. */
public final class HistogramMetrics implements MetricSource {

  static final Labels OVERFLOW = Labels.of("otel.metric.overflow", true);

  private final List<Histogram> histograms;
  private final List<Metric> metrics = new ArrayList<>();

  public HistogramMetrics(List<Histogram> histograms) {
    this(histograms, 0);
  }

  /**
   * @param startEpochNanos since when they count; 0: since the agent's start
   */
  HistogramMetrics(List<Histogram> histograms, long startEpochNanos) {
    this.histograms = new ArrayList<>(histograms);
    for (Histogram histogram : histograms) {
      metrics.add(
          Metric.histogram(histogram.name(), histogram.unit(), histogram.description())
              .since(startEpochNanos));
    }
  }

  @Override
  public void collect(MetricCollector collector) {
    for (int i = 0; i < histograms.size(); i++) {
      Histogram histogram = histograms.get(i);
      double[] bounds = histogram.bounds();
      collector.begin(metrics.get(i));
      for (Histogram.Series series : histogram.allSeries()) {
        collector.histogram(
            point(bounds, series, collector), Labels.of(histogram.keys(), series.values()));
      }
      if (histogram.overflow().count() > 0) {
        collector.histogram(point(bounds, histogram.overflow(), collector), OVERFLOW);
      }
    }
  }

  private static HistogramPoint point(
      double[] bounds, Histogram.Series series, MetricCollector collector) {
    HistogramPoint point =
        new HistogramPoint(bounds, series.bucketCounts(), series.sum(), series.exemplars());
    ExponentialHistogram exponential = series.exponential();
    return exponential != null && collector.takesExponential()
        ? point.withExponential(exponential)
        : point;
  }
}
