package io.otlpagent.agent;

import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.instrumentation.util.AgentPorts;

/**
 * Says whose port it is that the application could not listen on. Looks among the exporter's chores
 * and at the exit, since many an application ends then.
 */
final class PortConflict implements Runnable {

  private boolean said;

  @Override
  public synchronized void run() {
    int port = AgentPorts.wanted();
    if (port != 0 && !said) {
      said = true;
      AgentLog.error(
          "the application could not listen on port "
              + port
              + " because the agent's own endpoint does; set server.port (OTLP_SERVER_PORT) to"
              + " another port, or server.enabled (OTLP_SERVER_ENABLED) to false");
    }
  }
}
