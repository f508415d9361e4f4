package io.otlpagent.agent;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.util.Collections;
import java.util.List;

/**
 * The shutdown hook. The thread that ends the JVM starts all hooks and waits for them: by {@link
 * #start} we know what it is in the middle of and cannot end.
 */
final class ExitHook extends Thread {

  private final AgentRuntime runtime;
  private List<Span> stopped = Collections.emptyList();

  ExitHook(AgentRuntime runtime) {
    super("otlp-agent-exit");
    this.runtime = runtime;
    setContextClassLoader(null);
  }

  @Override
  public synchronized void start() {
    try {
      stopped = Context.entered();
    } catch (Throwable e) {
      // Such as a stack without room: other hooks are still to be started.
    }
    super.start();
  }

  @Override
  public void run() {
    runtime.atExit(stopped);
  }
}
