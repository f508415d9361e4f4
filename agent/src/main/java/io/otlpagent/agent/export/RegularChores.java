package io.otlpagent.agent.export;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the exporter thread does now and then beside exporting. Owned by its loop. */
final class RegularChores {

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<Runnable> chores;
  private long intervalNanos = LONGEST_NANOS;
  private long next;

  RegularChores(List<Runnable> chores) {
    this.chores = chores;
  }

  /** Has them done more often than every ten seconds, but 20 times a second at most. */
  void every(long nanos) {
    intervalNanos = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, nanos));
  }

  /** They are due now. */
  void begin() {
    next = System.nanoTime();
  }

  /** Does them if they are due; false if they are not. */
  boolean done() {
    if (waitNanos() > 0) {
      return false;
    }
    next = System.nanoTime() + intervalNanos;
    chores.forEach(Runnable::run);
    return true;
  }

  /** How long until they are due; not positive if they are. */
  long waitNanos() {
    return next - System.nanoTime();
  }
}
