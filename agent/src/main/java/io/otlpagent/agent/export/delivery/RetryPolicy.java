package io.otlpagent.agent.export.delivery;

import java.util.concurrent.TimeUnit;

/**
 * Exponential backoff with full jitter: each delay is random between 0 and a bound that grows, so
 * that the agents of a fleet do not come back in step. Immutable.
 */
public final class RetryPolicy {

  private static final long DEFAULT_MAX_ELAPSED_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Three retries: 100 ms, doubled, at most 30 s; a minute in all. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(3, TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(30), 2.0);

  /** A server that asks for more gets this: meanwhile the queue overflows. */
  private static final long MAX_SERVER_DELAY_NANOS = TimeUnit.MINUTES.toNanos(2);

  /** Half of the range of System.nanoTime differences. */
  private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

  private final int maxRetries;
  private final long initialDelayNanos;
  private final long maxDelayNanos;
  private final double multiplier;
  private final long maxElapsedNanos;
  private final boolean holds;

  /** With a minute for all attempts of a request together. */
  public RetryPolicy(
      int maxRetries, long initialDelayNanos, long maxDelayNanos, double multiplier) {
    this.maxRetries = maxRetries;
    this.initialDelayNanos = initialDelayNanos;
    this.maxDelayNanos = maxDelayNanos;
    this.multiplier = multiplier;
    this.maxElapsedNanos = DEFAULT_MAX_ELAPSED_NANOS;
    this.holds = true;
  }

  private RetryPolicy(RetryPolicy other, int maxRetries, long maxElapsedNanos, boolean holds) {
    this.maxRetries = maxRetries;
    this.initialDelayNanos = other.initialDelayNanos;
    this.maxDelayNanos = other.maxDelayNanos;
    this.multiplier = other.multiplier;
    this.maxElapsedNanos = maxElapsedNanos;
    this.holds = holds;
  }

  /**
   * The same with another time for all attempts of a request together.
   *
   * @param nanos after which no further attempt begins; 0 for no limit
   */
  public RetryPolicy within(long nanos) {
    return new RetryPolicy(this, maxRetries, nanos == 0 ? FOREVER_NANOS : nanos, holds);
  }

  /** The same, but each request has one attempt, whether it reaches the collector or not. */
  public RetryPolicy off() {
    return new RetryPolicy(this, 0, maxElapsedNanos, false);
  }

  /** How often a request that may have reached the collector is tried again. */
  public int maxRetries() {
    return maxRetries;
  }

  /** Whether a request that did not reach the collector is held, which uses up no retry. */
  boolean holds() {
    return holds;
  }

  long initialDelayNanos() {
    return initialDelayNanos;
  }

  long maxDelayNanos() {
    return maxDelayNanos;
  }

  double multiplier() {
    return multiplier;
  }

  /** How long after the first attempt the last may begin. */
  long maxElapsedNanos() {
    return maxElapsedNanos;
  }

  /** What a server asks for, within reason. */
  public static long limitServerDelay(long nanos) {
    return Math.max(0, Math.min(nanos, MAX_SERVER_DELAY_NANOS));
  }
}
