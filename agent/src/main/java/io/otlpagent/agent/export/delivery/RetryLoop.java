package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries to deliver one encoded request until the collector has taken or refused it, it is parked on
 * disk, or the retries or the time are used up. Without a disk, an attempt that did not reach the
 * collector uses up no retry: the request is held until the collector is back or its time is over.
 * With one it is parked, and so are those that follow, but for a single attempt now and then. What
 * is under way is not given up before the exit. Used by the exporter thread.
 */
public final class RetryLoop {

  /** How often it looks for chores while it waits. */
  private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DeliveryContext context;
  private final ShutdownBudget shutdown;
  private final Runnable chores;
  private final @Nullable DiskParking parking;

  // A server that asked for a delay gets it, for the next request, too.
  private long quietUntil = System.nanoTime();

  /**
   * @param chores what to do about once a second while this waits
   * @param parking null if there is no disk
   */
  public RetryLoop(DeliveryContext context, Runnable chores, @Nullable DiskParking parking) {
    this.context = context;
    this.shutdown = context.shutdown();
    this.chores = chores;
    this.parking = parking;
  }

  @Nullable DiskParking parking() {
    return parking;
  }

  /**
   * Delivers a request, parks it, or gives it up.
   *
   * @param first what an attempt over another connection came to; null if there was none
   */
  public DeliveryOutcome run(OtlpRequest request, int spans, @Nullable ExportResult first) {
    if (first != null && !first.isRetryable()) {
      return new DeliveryOutcome(DeliveryOutcome.answer(first), 1, 0, first);
    }
    Trial trial = new Trial(request, spans, first);
    DeliveryOutcome outcome = trial.begin();
    while (outcome == null) {
      outcome = trial.step();
    }
    return outcome;
  }

  /** Not at the exit, if the time would be over by then: what there is goes out now or never. */
  private void awaitQuiet() {
    long wait = quietUntil - System.nanoTime();
    boolean shuttingDown = shutdown.begun();
    if (!shuttingDown || shutdown.limit(wait) == wait) {
      pause(wait, shuttingDown, null);
    }
  }

  /**
   * Waits before an attempt; the beginning of the shutdown ends the wait, for an attempt right
   * away, and so does a queue that a disk is to relieve.
   *
   * @param shuttingDown whether it had begun before
   */
  private void pause(long nanos, boolean shuttingDown, @Nullable DiskParking disk) {
    long watch = disk == null ? WATCH_NANOS : DiskParking.WATCH_NANOS;
    long end = System.nanoTime() + nanos;
    long left = shutdown.limit(nanos);
    while (left > 0 && shutdown.begun() == shuttingDown && !interrupted(disk)) {
      chores.run();
      ExporterAlarm.sleep(this, Math.min(left, watch));
      left = shutdown.limit(end - System.nanoTime());
    }
  }

  private boolean interrupted(@Nullable DiskParking disk) {
    return context.control().suspended() || (disk != null && disk.pressed());
  }

  private static long serverDelay(ExportResult result) {
    return RetryPolicy.limitServerDelay(result.minimumDelayNanos());
  }

  /** One request on its way, attempt by attempt. */
  private final class Trial {

    private final OtlpRequest request;
    private final int spans;
    private final @Nullable ExportResult first;

    // Where it is to be parked; null if that is not possible.
    private @Nullable DiskParking disk = parking;
    private boolean once;
    private @Nullable ExportResult last;
    private int attempts;
    private int retries;
    private long start = System.nanoTime();
    private RetryPolicy policy = context.control().settings().retryPolicy();
    private Backoff backoff = new Backoff(policy);

    Trial(OtlpRequest request, int spans, @Nullable ExportResult first) {
      this.request = request;
      this.spans = spans;
      this.first = first;
    }

    /** What is known without an attempt; null if there is to be one. */
    @Nullable DeliveryOutcome begin() {
      DiskParking to = disk;
      if (to == null) {
        withoutDisk();
        return null;
      }
      if (first != null) {
        to.failed(first);
      }
      once = !to.reachable();
      return to.begin() ? null : giveUp(DeliveryOutcome.Verdict.PARKED);
    }

    /** One attempt, and the wait after it; null if there is to be another one. */
    @Nullable DeliveryOutcome step() {
      if (shutdown.exhausted()) {
        return giveUp(DeliveryOutcome.Verdict.SHUTDOWN);
      }
      boolean shuttingDown = shutdown.begun();
      ExportResult result = attempt();
      if (!result.isRetryable()) {
        boolean parked = disk != null && disk.answered(result);
        return outcome(DeliveryOutcome.answer(result), parked);
      }
      if (over(result, shuttingDown)) {
        return failed(result, DeliveryOutcome.Verdict.EXHAUSTED);
      }
      long delay = delay(result);
      if (shuttingDown && shutdown.limit(delay) < delay) {
        return giveUp(DeliveryOutcome.Verdict.SHUTDOWN);
      }
      if (disk == null) {
        context.log().retrying(attempts, delay, result);
      }
      pause(delay, shuttingDown, disk);
      return interrupted(disk) ? failed(result, DeliveryOutcome.Verdict.SWITCHED_OFF) : null;
    }

    private ExportResult attempt() {
      ExportResult result = last;
      if (attempts > 0 || result == null) {
        result = disk == null ? send() : disk.attempt(request, spans);
        last = result;
      }
      attempts++;
      if (context.control().settings().retryPolicy() != policy) {
        policy = context.control().settings().retryPolicy();
        backoff = new Backoff(policy);
      }
      return result;
    }

    private ExportResult send() {
      long began = System.nanoTime();
      ExportResult result;
      try {
        result = context.sender().send(request, context.deadline());
      } catch (Throwable e) {
        result = ExportResult.failed(e);
      }
      context.statistics().recordAttempt(result, System.nanoTime() - began);
      return result;
    }

    /** Whether there is to be no further attempt. */
    private boolean over(ExportResult result, boolean shuttingDown) {
      if (disk != null) {
        return once || disk.inDoubt() || shuttingDown || retries++ >= policy.maxRetries();
      }
      // The exit does not wait for a collector to come back. What will be written, however late,
      // would be counted wrongly if it counted as lost.
      boolean held = result.isUnreached() && !shuttingDown && policy.holds();
      return !result.isUnderWay() && (left() <= 0 || (!held && retries++ >= policy.maxRetries()));
    }

    private long left() {
      return policy.maxElapsedNanos() - (System.nanoTime() - start);
    }

    /**
     * Not beyond the end, so that the last attempt is made there; but what the server asked for.
     */
    private long delay(ExportResult result) {
      boolean bounded = disk == null && !result.isUnderWay();
      long wait = backoff.nextNanos(result);
      return Math.max(serverDelay(result), bounded ? Math.min(left(), wait) : wait);
    }

    private @Nullable DeliveryOutcome failed(
        ExportResult result, DeliveryOutcome.Verdict otherwise) {
      if (disk != null) {
        disk.failed(result);
      } else if (otherwise == DeliveryOutcome.Verdict.EXHAUSTED) {
        quietUntil = System.nanoTime() + serverDelay(result);
      }
      return giveUp(otherwise);
    }

    /** Parks the request, if there is a disk; null if that fails and it is tried without one. */
    private @Nullable DeliveryOutcome giveUp(DeliveryOutcome.Verdict otherwise) {
      if (disk == null) {
        return outcome(otherwise, false);
      }
      if (disk.park(request, spans)) {
        return outcome(DeliveryOutcome.Verdict.PARKED, true);
      }
      withoutDisk();
      return null;
    }

    private void withoutDisk() {
      disk = null;
      last = first;
      attempts = 0;
      retries = 0;
      backoff = new Backoff(policy);
      if (first == null) {
        awaitQuiet();
      }
      start = System.nanoTime();
    }

    private DeliveryOutcome outcome(DeliveryOutcome.Verdict verdict, boolean parked) {
      long elapsed = System.nanoTime() - start;
      return new DeliveryOutcome(verdict, attempts, elapsed, last).parked(parked);
    }
  }
}
