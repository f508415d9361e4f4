package io.otlpagent.agent.export.delivery;

import java.util.concurrent.TimeUnit;

/** How spans are batched and sent. Immutable. */
public final class ExporterSettings {

  public static final ExporterSettings DEFAULT =
      new ExporterSettings(
          512, TimeUnit.SECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(10), RetryPolicy.DEFAULT);

  private final int batchSize;
  private final long batchTimeoutNanos;
  private final long attemptTimeoutNanos;
  private final RetryPolicy retryPolicy;

  /**
   * @param batchSize the most spans in a request, and how many start one
   * @param batchTimeoutNanos how long fewer spans wait
   * @param attemptTimeoutNanos of one attempt; 0 for no limit
   */
  public ExporterSettings(
      int batchSize, long batchTimeoutNanos, long attemptTimeoutNanos, RetryPolicy retryPolicy) {
    this.batchSize = Math.max(1, batchSize);
    this.batchTimeoutNanos = batchTimeoutNanos;
    // Half of the range of System.nanoTime differences.
    this.attemptTimeoutNanos = attemptTimeoutNanos == 0 ? Long.MAX_VALUE / 2 : attemptTimeoutNanos;
    this.retryPolicy = retryPolicy;
  }

  public int batchSize() {
    return batchSize;
  }

  public long batchTimeoutNanos() {
    return batchTimeoutNanos;
  }

  long attemptTimeoutNanos() {
    return attemptTimeoutNanos;
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }
}
