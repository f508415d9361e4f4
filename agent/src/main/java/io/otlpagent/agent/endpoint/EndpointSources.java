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
  private final @Nullable DoctorSource doctor;

  /**
   * @param doctor null for none
   */
  public EndpointSources(
      HealthSource health,
      ReadySource ready,
      List<MetricSource> metrics,
      @Nullable DoctorSource doctor) {
    this.doctor = doctor;
    this.health = health;
    this.ready = ready;
    this.metrics = Collections.unmodifiableList(new ArrayList<>(metrics));
  }

  HealthSource health() {
    return health;
  }

  ReadySource ready() {
    return ready;
  }

  @Nullable DoctorSource doctor() {
    return doctor;
  }

  List<MetricSource> metrics() {
    return metrics;
  }
}
