package io.otlpagent.agent.endpoint;

import org.jspecify.annotations.Nullable;

/** Says what {@code /ready} depends on. Called on endpoint threads. */
public interface ReadySource {

  /** Whether the instrumentation is installed and the exporter has started. */
  boolean started();

  /** Whether the operator has switched the agent off for now. */
  default boolean paused() {
    return false;
  }

  /**
   * Whether the last export reached the collector; null before the first, and some seconds after
   * one that failed.
   */
  @Nullable Boolean collector();

  /**
   * Whether the application's last JDBC connects went well; null if there were none, and some
   * seconds after one that failed.
   */
  @Nullable Boolean database();
}
