package io.otlpagent.agent.export;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the exporter thread does now and then in addition to exporting, also while a retry is waited
 * for. Used by the exporter thread.
 */
public final class RegularChores implements Runnable {

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<Runnable> chores;
  private final long intervalNanos;

  // Due at once.
  private long next = System.nanoTime();

  /**
   * @param everyNanos how often to do them; at least every ten seconds, at most 20 times a second
   */
  public RegularChores(List<Runnable> chores, long everyNanos) {
    this.chores = chores;
    this.intervalNanos = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, everyNanos));
  }

  /** Does them if they are due. */
  @Override
  public void run() {
    if (waitNanos() <= 0) {
      next = System.nanoTime() + intervalNanos;
      chores.forEach(Runnable::run);
    }
  }

  /** How long until they are due; not positive if they are. */
  long waitNanos() {
    return next - System.nanoTime();
  }
}
