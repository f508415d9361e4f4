package io.otlpagent.instrumentation.trace;

/**
 * Wall-clock time from the monotonic clock. A local root takes the offset once and its children
 * inherit it, so that no adjustment of the system's clock can put a child outside its parent.
 */
public final class TimeSource {

  // Written by the exporter thread every few seconds, read by whoever starts a local root.
  private volatile long epochOffsetNanos;

  public TimeSource() {
    resynchronize();
  }

  /** Follows the system's clock; called now and then by the exporter thread. */
  public void resynchronize() {
    epochOffsetNanos = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
  }

  /** What to add to {@link System#nanoTime()} to get nanoseconds since the Unix epoch. */
  public long epochOffsetNanos() {
    return epochOffsetNanos;
  }
}
