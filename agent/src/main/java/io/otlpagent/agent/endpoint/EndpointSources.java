package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.metrics.MetricSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the endpoint reports. Immutable. */
public final class EndpointSources {

  private final HealthSource health;
  private final ReadySource ready;
  private final List<MetricSource> metrics;
  private final SettingsSource settings;
  private final @Nullable DoctorSource doctor;

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
    this.doctor = null;
  }

  private EndpointSources(EndpointSources others, DoctorSource doctor) {
    this.health = others.health;
    this.ready = others.ready;
    this.settings = others.settings;
    this.metrics = others.metrics;
    this.doctor = doctor;
  }

  /** The same, and a doctor. */
  public EndpointSources with(DoctorSource other) {
    return new EndpointSources(this, other);
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

  /** Null if there is none. */
  @Nullable DoctorSource doctor() {
    return doctor;
  }

  List<MetricSource> metrics() {
    return metrics;
  }
}
