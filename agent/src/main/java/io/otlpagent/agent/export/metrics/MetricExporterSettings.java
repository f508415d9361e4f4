package io.otlpagent.agent.export.metrics;

import io.otlpagent.agent.config.export.MetricsConfig;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Temporality;

/** When metrics are sent, and to whom. Immutable. */
public final class MetricExporterSettings {

  private final long intervalNanos;
  private final long timeoutNanos;
  private final Temporality.Preference temporality;
  private final Labels component;
  private final boolean apart;

  /**
   * @param timeoutNanos of one export, all its requests together
   * @param metrics where they go
   * @param apart whether that is not where spans go
   */
  public MetricExporterSettings(
      long intervalNanos,
      long timeoutNanos,
      Temporality.Preference temporality,
      MetricsConfig metrics,
      boolean apart) {
    this.intervalNanos = intervalNanos;
    this.timeoutNanos = timeoutNanos;
    this.temporality = temporality;
    this.apart = apart;
    this.component = ExporterComponent.of(metrics.exporters(), metrics.otlp(), "metric");
  }

  long intervalNanos() {
    return intervalNanos;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  Temporality.Preference temporality() {
    return temporality;
  }

  /** Whether metrics go elsewhere than spans. */
  boolean apart() {
    return apart;
  }

  Labels component() {
    return component;
  }
}
