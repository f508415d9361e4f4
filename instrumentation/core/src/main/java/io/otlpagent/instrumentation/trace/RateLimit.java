package io.otlpagent.instrumentation.trace;

import java.util.concurrent.atomic.AtomicLong;

/**
 * At most so many a second, and as many at once after a quiet second: a token bucket kept as the
 * moment at which it will be full again. Takes no lock; a refusal writes nothing. Thread-safe.
 */
public final class RateLimit {

  private static final double NANOS_PER_SECOND = 1e9;

  private final long nanosPerToken;
  private final long nanosPerBucket;

  // When the bucket is full again, on the clock of System.nanoTime().
  private final AtomicLong full;

  /**
   * @param perSecond more than 0; 0.1 is one in ten seconds
   * @param now on the clock of {@link System#nanoTime()}
   */
  public RateLimit(double perSecond, long now) {
    this.nanosPerToken = Math.max(1, (long) (NANOS_PER_SECOND / perSecond));
    // The greatest whole number of tokens in a second, but at least one.
    this.nanosPerBucket = Math.max(1, (long) perSecond) * nanosPerToken;
    this.full = new AtomicLong(now);
  }

  /**
   * Takes a token.
   *
   * @param now on the clock of {@link System#nanoTime()}
   * @return false if there is none
   */
  public boolean tryAcquire(long now) {
    while (true) {
      long was = full.get();
      long next = (was - now > 0 ? was : now) + nanosPerToken;
      if (next - now > nanosPerBucket) {
        return false;
      }
      if (full.compareAndSet(was, next)) {
        return true;
      }
    }
  }
}
