package io.otlpagent.agent.endpoint;

/** Something that has figures. Called on endpoint threads, once a scrape. */
public interface MetricSource {

  /** Writes whole metric families; what it wrote is taken back if it throws. */
  void write(MetricsWriter writer);
}
