package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import io.otlpagent.agent.export.transport.SpanSender;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries to deliver one encoded request until the collector has taken or refused it, or the retries
 * or the time are used up. An attempt that did not reach the collector uses up no retry: the
 * request is held until the collector is back or its time is over. What is under way is not given
 * up before the exit. Used by the exporter thread.
 */
public final class RetryLoop {

  /** How often it looks for chores while it waits. */
  private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpanSender sender;
  private final ShutdownBudget shutdown;
  private final ExportStatistics statistics;
  private final ExportLog log;

  private ExporterSettings settings;
  private Runnable chores = () -> {};
  private boolean stopped;

  // A server that asked for a delay gets it, for the next request, too.
  private long quietUntil = System.nanoTime();

  public RetryLoop(
      SpanSender sender,
      ExporterSettings settings,
      ShutdownBudget shutdown,
      ExportStatistics statistics,
      ExportLog log) {
    this.sender = sender;
    this.settings = settings;
    this.shutdown = shutdown;
    this.statistics = statistics;
    this.log = log;
  }

  /** Takes other settings, from the next attempt or request on. */
  void apply(ExporterSettings changed) {
    settings = changed;
  }

  /** Has that done about once a second while this waits. */
  public void whileWaiting(Runnable chores) {
    this.chores = chores;
  }

  /** Gives up what waits for a retry, and each later request after its first attempt. */
  void stop(boolean stop) {
    stopped = stop;
  }

  boolean stopped() {
    return stopped;
  }

  /** Does what there is to do while somebody waits. */
  void chores() {
    chores.run();
  }

  /**
   * Delivers the first bytes of an array, or gives them up.
   *
   * @param first what an attempt by somebody else came to; null if there was none
   */
  public DeliveryOutcome run(byte[] request, int length, @Nullable ExportResult first) {
    if (first == null) {
      awaitQuiet();
    } else if (!first.isRetryable()) {
      return answered(1, 0, first);
    }
    return retry(request, length, first);
  }

  private DeliveryOutcome retry(byte[] request, int length, @Nullable ExportResult first) {
    RetryPolicy policy = settings.retryPolicy();
    Backoff backoff = new Backoff(policy);
    long start = System.nanoTime();
    ExportResult result = first;
    int retries = 0;
    int attempts = 0;
    while (!shutdown.exhausted()) {
      boolean shuttingDown = shutdown.begun();
      if (attempts > 0 || result == null) {
        result = attempt(request, length);
      }
      attempts++;
      long elapsed = System.nanoTime() - start;
      if (settings.retryPolicy() != policy) {
        policy = settings.retryPolicy();
        backoff = new Backoff(policy);
      }
      if (!result.isRetryable()) {
        return answered(attempts, elapsed, result);
      }
      long left = left(policy, elapsed, result);
      if (left <= 0 || (!held(policy, shuttingDown, result) && retries++ >= policy.maxRetries())) {
        quietUntil = System.nanoTime() + serverDelay(result);
        return new DeliveryOutcome(DeliveryOutcome.Verdict.EXHAUSTED, attempts, elapsed, result);
      }
      long delay = delay(backoff, result, left);
      if (shuttingDown && shutdown.limit(delay) < delay) {
        break;
      }
      log.retrying(attempts, delay, result);
      pause(delay, shuttingDown);
      if (stopped) {
        return new DeliveryOutcome(DeliveryOutcome.Verdict.SWITCHED_OFF, attempts, elapsed, result);
      }
    }
    return new DeliveryOutcome(
        DeliveryOutcome.Verdict.SHUTDOWN, attempts, System.nanoTime() - start, result);
  }

  /** How long until there is to be no further attempt. */
  private static long left(RetryPolicy policy, long elapsed, ExportResult result) {
    // What will be written, however late, would be counted wrongly if it counted as lost.
    return result.isUnderWay() ? Long.MAX_VALUE : policy.maxElapsedNanos() - elapsed;
  }

  /** Whether the attempt uses up no retry. The exit does not wait for a collector to come back. */
  private static boolean held(RetryPolicy policy, boolean shuttingDown, ExportResult result) {
    return result.isUnderWay() || (result.isUnreached() && !shuttingDown && policy.holds());
  }

  /** Not at the exit, if the time would be over by then: what there is goes out now or never. */
  private void awaitQuiet() {
    long wait = quietUntil - System.nanoTime();
    boolean shuttingDown = shutdown.begun();
    if (!shuttingDown || shutdown.limit(wait) == wait) {
      pause(wait, shuttingDown);
    }
  }

  private static DeliveryOutcome answered(int attempts, long elapsed, ExportResult result) {
    DeliveryOutcome.Verdict verdict =
        result.isSuccess() ? DeliveryOutcome.Verdict.DELIVERED : DeliveryOutcome.Verdict.REFUSED;
    return new DeliveryOutcome(verdict, attempts, elapsed, result);
  }

  /** Not beyond the end, so that the last attempt is made there; but what the server asked for. */
  private static long delay(Backoff backoff, ExportResult result, long left) {
    return Math.max(serverDelay(result), Math.min(left, backoff.nextNanos(result)));
  }

  private static long serverDelay(ExportResult result) {
    return RetryPolicy.limitServerDelay(result.minimumDelayNanos());
  }

  private ExportResult attempt(byte[] request, int length) {
    long start = System.nanoTime();
    AttemptDeadline deadline = new AttemptDeadline(settings.attemptTimeoutNanos(), shutdown);
    ExportResult result;
    try {
      result = sender.send(request, length, deadline);
    } catch (Throwable e) {
      result = ExportResult.failed(e);
    }
    statistics.recordAttempt(result, System.nanoTime() - start);
    return result;
  }

  /**
   * Waits before an attempt; the beginning of the shutdown ends the wait, for an attempt right
   * away.
   *
   * @param shuttingDown whether it had begun before
   */
  private void pause(long nanos, boolean shuttingDown) {
    long end = System.nanoTime() + nanos;
    long left = shutdown.limit(nanos);
    while (left > 0 && shutdown.begun() == shuttingDown && !stopped) {
      chores.run();
      ExporterAlarm.sleep(this, Math.min(left, WATCH_NANOS));
      left = shutdown.limit(end - System.nanoTime());
    }
  }
}
