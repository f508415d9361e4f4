package io.otlpagent.agent.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/** The resource as {@code target_info}, by which its attributes can be joined to other metrics. */
public final class TargetInfo implements MetricSource {

  private final Map<String, ?> attributes;

  /**
   * @param attributes of the resource
   */
  public TargetInfo(Map<String, ?> attributes) {
    this.attributes = new LinkedHashMap<>(attributes);
  }

  @Override
  public void write(MetricsWriter writer) {
    Labels labels = Labels.NONE;
    for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
      labels = labels.and(attribute.getKey(), attribute.getValue());
    }
    writer.info("target", "Attributes of the resource.").sample(1, labels);
  }
}
