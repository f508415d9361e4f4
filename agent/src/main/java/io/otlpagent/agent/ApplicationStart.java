package io.otlpagent.agent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits on the exporter's thread until the application's {@code main} runs, so that nothing of ours
 * is loaded, connected or logged before it.
 */
final class ApplicationStart {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Thread launcher;

  /**
   * @param launcher the thread that called {@code premain}: the one that will call {@code main}
   */
  ApplicationStart(Thread launcher) {
    this.launcher = launcher;
  }

  void await() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!started() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean started() {
    if (!launcher.isAlive()) {
      return true;
    }
    StackTraceElement[] stack = launcher.getStackTrace();
    if (stack.length == 0) {
      return false;
    }
    String outermost = stack[stack.length - 1].getClassName();
    return !outermost.startsWith("sun.instrument.") && !outermost.startsWith("sun.launcher.");
  }
}
