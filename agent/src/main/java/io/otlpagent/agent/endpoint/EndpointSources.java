package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.metrics.MetricSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the endpoint reports. Immutable. */
public final class EndpointSources {

  private final HealthSource health;
  private final ReadySource ready;
  private final List<MetricSource> metrics;
  private final SettingsSource settings;

  /** Sources of an endpoint that does not tell the settings. */
  public EndpointSources(HealthSource health, ReadySource ready, List<MetricSource> metrics) {
    this(health, ready, metrics, Collections::emptyList);
  }

  public EndpointSources(
      HealthSource health, ReadySource ready, List<MetricSource> metrics, SettingsSource settings) {
    this.health = health;
    this.ready = ready;
    this.settings = settings;
    this.metrics = Collections.unmodifiableList(new ArrayList<>(metrics));
  }

  HealthSource health() {
    return health;
  }

  ReadySource ready() {
    return ready;
  }

  SettingsSource settings() {
    return settings;
  }

  List<MetricSource> metrics() {
    return metrics;
  }
}
