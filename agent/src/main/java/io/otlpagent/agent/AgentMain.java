package io.otlpagent.agent;

import java.lang.instrument.Instrumentation;

/** Starts the agent. */
public final class AgentMain {
  private AgentMain() {}

  /** Called by the bootstrap. */
  public static void start(String arguments, Instrumentation instrumentation, long startNanos) {}
}
