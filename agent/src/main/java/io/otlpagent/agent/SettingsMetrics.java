package io.otlpagent.agent;

import io.otlpagent.agent.endpoint.Labels;
import io.otlpagent.agent.endpoint.MetricSource;
import io.otlpagent.agent.endpoint.MetricsWriter;

/** Whether the operator has switched the agent off, and how often its file was read again. */
final class SettingsMetrics implements MetricSource {

  private final LiveSettings settings;

  SettingsMetrics(LiveSettings settings) {
    this.settings = settings;
  }

  @Override
  public void write(MetricsWriter writer) {
    writer
        .gauge("otlp_agent_enabled", "1, or 0 while the file says enabled: false.")
        .sample(settings.paused() ? 0 : 1);
    writer.counter("otlp_agent_config_reloads", "Changed files, by what became of them.");
    writer.sample(settings.reloads(), Labels.of("result", "applied"));
    writer.sample(settings.failures(), Labels.of("result", "refused"));
  }
}
