package io.otlpagent.agent.metrics;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.metrics.UpDownCounter;
import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import java.util.Collections;

/**
 * What is measured of HTTP only if the operator asks for it. An instrument that has measured
 * nothing is not told of at all, so that whoever does not ask sees no names of it.
 */
public final class ExperimentalHttpMetrics implements MetricSource {

  @Override
  public void collect(MetricCollector collector) {
    for (Histogram histogram : ExperimentalMetrics.histograms()) {
      if (!histogram.allSeries().isEmpty() || histogram.overflow().count() > 0) {
        new HistogramMetrics(Collections.singletonList(histogram)).collect(collector);
      }
    }
    active(ExperimentalMetrics.SERVER_ACTIVE, collector);
  }

  private static void active(UpDownCounter counter, MetricCollector collector) {
    if (counter.allSeries().isEmpty() && counter.overflow().sum() == 0) {
      return;
    }
    collector.begin(Metric.upDownCounter(counter.name(), counter.unit(), counter.description()));
    for (UpDownCounter.Series series : counter.allSeries()) {
      collector.point(series.sum(), Labels.of(counter.keys(), series.values()));
    }
    if (counter.overflow().sum() != 0) {
      collector.point(counter.overflow().sum(), HistogramMetrics.OVERFLOW);
    }
  }
}
