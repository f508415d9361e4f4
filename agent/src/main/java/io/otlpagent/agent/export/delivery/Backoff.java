package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.transport.ExportResult;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The delays between the attempts to deliver one request. Used by the exporter thread. */
final class Backoff {

  /** While nobody listens an attempt costs next to nothing, and each second costs spans. */
  private static final long MAX_UNREACHED_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Even if retries are to follow at once: nobody listens for a while, usually. */
  private static final long MIN_UNREACHED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final RetryPolicy policy;
  private long boundNanos;

  Backoff(RetryPolicy policy) {
    this.policy = policy;
    this.boundNanos = policy.initialDelayNanos();
  }

  /**
   * How long to wait after a failure: a random time below a bound that grows. What the server asked
   * for is the least, and where the bound goes on from.
   */
  long nextNanos(ExportResult failure) {
    long bound = Math.min(boundNanos, policy.maxDelayNanos());
    if (failure.isUnreached() || failure.isUnderWay()) {
      bound = Math.max(MIN_UNREACHED_NANOS, Math.min(bound, MAX_UNREACHED_NANOS));
    }
    long asked = RetryPolicy.limitServerDelay(failure.minimumDelayNanos());
    // A product that is too large becomes the largest long.
    boundNanos = (long) ((double) Math.max(bound, asked) * policy.multiplier());
    return asked + (long) ((double) bound * ThreadLocalRandom.current().nextDouble());
  }
}
