package io.otlpagent.agent.export.metrics;

import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricCollector;
import io.otlpagent.agent.metrics.MetricSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the data points that were sent. Written by the exporter thread.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/">Semantic conventions
 *     for SDK metrics</a>
 */
final class MetricStatistics implements MetricSource {

  private static final Metric INFLIGHT =
      Metric.upDownCounter(
          "otel.sdk.exporter.metric_data_point.inflight",
          "{data_point}",
          "The number of metric data points which were passed to the exporter, but that have not"
              + " been exported yet.");
  private static final Metric EXPORTED =
      Metric.counter(
          "otel.sdk.exporter.metric_data_point.exported",
          "{data_point}",
          "The number of metric data points for which the export has finished.");

  private final Labels component;
  private final LongAdder exported = new LongAdder();
  private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
  private volatile long inflight;

  MetricStatistics(Labels component) {
    this.component = component;
  }

  void take(long points) {
    inflight = points;
  }

  void settle(long points, ExportResult result) {
    long refused = result.isSuccess() ? Math.min(points, result.rejected()) : points;
    exported.add(points - refused);
    if (refused > 0) {
      failed.computeIfAbsent(result.reason(), reason -> new LongAdder()).add(refused);
    }
    inflight = 0;
  }

  @Override
  public void collect(MetricCollector collector) {
    collector.begin(INFLIGHT);
    collector.point(inflight, component);
    collector.begin(EXPORTED);
    collector.point(exported.sum(), component);
    for (Map.Entry<String, LongAdder> reason : new TreeMap<>(failed).entrySet()) {
      collector.point(reason.getValue().sum(), component.and("error.type", reason.getKey()));
    }
  }
}
