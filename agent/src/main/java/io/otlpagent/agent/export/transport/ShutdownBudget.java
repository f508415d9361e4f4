package io.otlpagent.agent.export.transport;

/** The time that is left once the shutdown has begun. Begun by one thread, read by the exporter. */
public final class ShutdownBudget {

  private long endNanoTime;

  // Publishes endNanoTime.
  private volatile boolean begun;

  public void begin(long timeoutNanos) {
    endNanoTime = System.nanoTime() + timeoutNanos;
    begun = true;
  }

  public boolean begun() {
    return begun;
  }

  public boolean exhausted() {
    return limit(Long.MAX_VALUE) <= 0;
  }

  /** That time, or what is left of the budget if this is less. */
  public long limit(long nanos) {
    return begun ? Math.min(nanos, endNanoTime - System.nanoTime()) : nanos;
  }
}
