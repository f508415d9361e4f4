package io.otlpagent.agent.export;

/**
 * When an attempt must be over: its own timeout or the shutdown's, whichever comes first. Asked by
 * the exporter thread; the shutdown is announced by another.
 */
public final class AttemptDeadline {

  private final long endNanoTime;
  private final ShutdownBudget shutdown;

  AttemptDeadline(long timeoutNanos, ShutdownBudget shutdown) {
    this.endNanoTime = System.nanoTime() + timeoutNanos;
    this.shutdown = shutdown;
  }

  /** 0 or less if the time is up. */
  public long remainingNanos() {
    return shutdown.limit(endNanoTime - System.nanoTime());
  }
}
