package io.otlpagent.agent.endpoint;

import io.otlpagent.instrumentation.semconv.DurationHistogram;
import io.otlpagent.instrumentation.trace.AttributeKey;
import java.util.ArrayList;
import java.util.List;

/** The duration histograms of the semantic conventions: what the application's traffic did. */
public final class DurationMetrics implements MetricSource {

  private final List<DurationHistogram> histograms;

  public DurationMetrics(List<DurationHistogram> histograms) {
    this.histograms = new ArrayList<>(histograms);
  }

  @Override
  public void write(MetricsWriter writer) {
    for (DurationHistogram histogram : histograms) {
      writer.histogram(histogram.name() + ".seconds", histogram.description());
      double[] bounds = histogram.boundsSeconds();
      for (DurationHistogram.Series series : histogram.allSeries()) {
        writer.histogram(
            bounds, series.bucketCounts(), series.sumSeconds(), labels(histogram, series));
      }
      writeOverflow(writer, bounds, histogram.overflow());
    }
  }

  private static Labels labels(DurationHistogram histogram, DurationHistogram.Series series) {
    Labels labels = Labels.NONE;
    List<AttributeKey> keys = histogram.keys();
    for (int i = 0; i < keys.size(); i++) {
      labels = labels.and(keys.get(i).name(), series.value(i));
    }
    return labels;
  }

  private static void writeOverflow(
      MetricsWriter writer, double[] bounds, DurationHistogram.Series overflow) {
    long[] counts = overflow.bucketCounts();
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    if (all > 0) {
      writer.histogram(
          bounds, counts, overflow.sumSeconds(), Labels.of("otel.metric.overflow", "true"));
    }
  }
}
