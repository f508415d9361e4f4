package io.otlpagent.agent.endpoint;

import org.jspecify.annotations.Nullable;

/** Says whether the agent itself works. Called on endpoint threads. */
public interface HealthSource {

  /**
   * What is broken beyond repair, such as a dead agent thread; null if nothing. Never because of
   * the collector: an orchestrator would restart a healthy application.
   */
  @Nullable String failure();
}
