package io.otlpagent.agent.live;

import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricCollector;
import io.otlpagent.agent.metrics.MetricSource;

/** Whether the operator has switched the agent off, and how often its file was read again. */
public final class SettingsMetrics implements MetricSource {

  private static final Metric ENABLED =
      Metric.gauge(
          "otlp.agent.enabled",
          "",
          "1 if the agent is enabled, 0 while config.yaml" + " disables it.");
  private static final Metric RELOADS =
      Metric.counter("otlp.agent.config_reloads", "{reload}", "Changes of config.yaml, by result.");

  private final LiveSettings settings;

  public SettingsMetrics(LiveSettings settings) {
    this.settings = settings;
  }

  @Override
  public void collect(MetricCollector collector) {
    collector.begin(ENABLED);
    collector.point(settings.paused() ? 0 : 1, Labels.NONE);
    collector.begin(RELOADS);
    collector.point(settings.reloads(), Labels.of("result", "applied"));
    collector.point(settings.failures(), Labels.of("result", "refused"));
  }
}
