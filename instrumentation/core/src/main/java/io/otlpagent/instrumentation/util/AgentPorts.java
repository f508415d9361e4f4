package io.otlpagent.instrumentation.util;

import java.util.Collections;
import java.util.List;

/**
 * The ports that the agent listens on, and whether the application wanted one of them. Written by
 * the agent's thread and by the threads on which the application listens, read by the agent's.
 */
public final class AgentPorts {

  private static volatile List<Integer> held = Collections.emptyList();
  private static volatile int wanted;

  private AgentPorts() {}

  /**
   * Says which ports the agent has from now on. Called before it listens, since the application may
   * be as quick, and again with those that it could have.
   *
   * @param ports is not copied, and not to be changed
   */
  public static void hold(List<Integer> ports) {
    held = ports;
    if (!ports.contains(wanted)) {
      // It was the agent that tried.
      wanted = 0;
    }
  }

  /** Called when the application could not have a port; notes it if it is one of the agent's. */
  public static void refused(int port) {
    if (held.contains(port)) {
      wanted = port;
    }
  }

  /** The port of the agent's that the application could not have last; 0 if there is none. */
  public static int wanted() {
    return wanted;
  }
}
