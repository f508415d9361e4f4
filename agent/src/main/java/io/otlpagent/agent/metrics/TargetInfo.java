package io.otlpagent.agent.metrics;

import java.util.Map;

/** The resource as {@code target_info}, by which its attributes can be joined to other metrics. */
public final class TargetInfo implements MetricSource {

  private static final Metric TARGET =
      Metric.of(Metric.Kind.INFO, "target", "", "Attributes of the resource.");

  private final Labels labels;

  /**
   * @param attributes of the resource
   */
  public TargetInfo(Map<String, ?> attributes) {
    Labels all = Labels.NONE;
    for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
      all = all.and(attribute.getKey(), attribute.getValue());
    }
    this.labels = all;
  }

  @Override
  public void collect(MetricCollector collector) {
    collector.begin(TARGET);
    collector.point(1, labels);
  }
}
