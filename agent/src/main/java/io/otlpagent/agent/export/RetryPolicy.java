package io.otlpagent.agent.export;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Exponential backoff with full jitter: each delay is random between 0 and a bound that grows, so
 * that the agents of a fleet do not come back in step. Immutable.
 */
public final class RetryPolicy {

  /** Three retries: 100 ms, doubled, at most 30 s. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(3, TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(30), 2.0);

  /** A server that asks for more gets this: meanwhile the queue overflows. */
  private static final long MAX_SERVER_DELAY_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final int maxRetries;
  private final long initialDelayNanos;
  private final long maxDelayNanos;
  private final double multiplier;

  public RetryPolicy(
      int maxRetries, long initialDelayNanos, long maxDelayNanos, double multiplier) {
    this.maxRetries = maxRetries;
    this.initialDelayNanos = initialDelayNanos;
    this.maxDelayNanos = maxDelayNanos;
    this.multiplier = multiplier;
  }

  public int maxRetries() {
    return maxRetries;
  }

  /**
   * How long to wait before a retry.
   *
   * @param retry counted from 0
   * @param serverDelayNanos the least that the server wants; 0 if it said nothing
   */
  long delayNanos(int retry, long serverDelayNanos) {
    long jitter = (long) (boundNanos(retry) * ThreadLocalRandom.current().nextDouble());
    return Math.min(serverDelayNanos, MAX_SERVER_DELAY_NANOS) + jitter;
  }

  /** The longest delay before that retry if the server asks for none. */
  long boundNanos(int retry) {
    return (long) Math.min((double) maxDelayNanos, initialDelayNanos * Math.pow(multiplier, retry));
  }
}
