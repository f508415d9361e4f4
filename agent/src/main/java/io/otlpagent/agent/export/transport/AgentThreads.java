package io.otlpagent.agent.export.transport;

import io.otlpagent.agent.logging.AgentLog;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the agent's threads: daemons with our name prefix and no ties to the application. */
public final class AgentThreads implements ThreadFactory {

  private final String prefix;
  private final AtomicInteger made = new AtomicInteger();

  /**
   * @param purpose short, for the names of the threads
   */
  public AgentThreads(String purpose) {
    this.prefix = "otlp-agent-" + purpose + "-";
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, prefix + made.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    // One line in the agent's own log, not a stack trace in the application's.
    thread.setUncaughtExceptionHandler(
        (dead, thrown) -> AgentLog.warn("the thread " + dead.getName() + " ended: " + thrown));
    return thread;
  }
}
