package io.otlpagent.agent.metrics;

/** Something that has figures. Called on endpoint threads and on the exporter thread. */
public interface MetricSource {

  /**
   * Reports whole metrics, each begun and then given its points; what it reported is taken back if
   * it throws.
   */
  void collect(MetricCollector collector);
}
