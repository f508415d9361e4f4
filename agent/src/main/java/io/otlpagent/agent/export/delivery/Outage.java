package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.transport.ExportResult;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether the collector can be reached, and when to find out again. Live batches and those on disk
 * take turns: one that the collector never takes must not hide that it takes others. Used by the
 * exporter thread.
 */
final class Outage {

  /** No more than twenty batches a second come from the disk. */
  private static final long REPLAY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Supplier<RetryPolicy> policies;
  private boolean reachable = true;
  private boolean replayedLast;
  private Backoff attempts;
  private Backoff replays;
  private long nextAttempt = System.nanoTime();
  private long nextReplay = nextAttempt;

  /**
   * @param policies the one in force, which may change
   */
  Outage(Supplier<RetryPolicy> policies) {
    this.policies = policies;
    this.attempts = new Backoff(policies.get());
    this.replays = new Backoff(policies.get());
  }

  boolean reachable() {
    return reachable;
  }

  /**
   * Whether a live batch may try.
   *
   * @param alone whether nothing is on disk that could try instead
   */
  boolean liveMayTry(boolean alone) {
    return reachable || (System.nanoTime() - nextAttempt >= 0 && (replayedLast || alone));
  }

  /**
   * How long until a batch on disk may try; 0 or less if it may.
   *
   * @param alone whether no live batch waits that could try instead
   */
  long nanosToReplay(boolean alone) {
    long left = nextReplay - System.nanoTime();
    return reachable || !replayedLast || alone ? left : Math.max(left, 2 * REPLAY_PAUSE_NANOS);
  }

  /** Whatever goes wrong then must not be tried again at once. */
  void replayBegins() {
    nextReplay = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
  }

  /** The collector answered a live batch. */
  void liveAnswered() {
    answered();
  }

  /**
   * The collector answered one from the disk.
   *
   * @param nanos how long that took: as long, at least, there is a pause
   */
  void replayAnswered(long nanos) {
    answered();
    replays = new Backoff(policies.get());
    nextReplay = System.nanoTime() + Math.max(REPLAY_PAUSE_NANOS, nanos);
  }

  void liveFailed(ExportResult result) {
    reachable = false;
    replayedLast = false;
    nextAttempt = System.nanoTime() + attempts.nextNanos(result);
    nextReplay = nextAttempt;
  }

  void replayFailed(ExportResult result) {
    replayedLast = true;
    nextReplay = System.nanoTime() + (reachable ? replays : attempts).nextNanos(result);
    if (!reachable) {
      nextAttempt = nextReplay;
    }
  }

  private void answered() {
    reachable = true;
    attempts = new Backoff(policies.get());
  }
}
