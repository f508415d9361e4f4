package io.otlpagent.instrumentation.trace;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many sampled spans were started and ended: the first two lines of the ledger. Written by
 * application threads, read by the endpoint.
 */
public final class SpanCounters {

  private final LongAdder started = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder notSampled = new LongAdder();

  void start(boolean sampled) {
    (sampled ? started : notSampled).increment();
  }

  void end() {
    ended.increment();
  }

  /** Sampled spans that were started. */
  public long started() {
    return started.sum();
  }

  /** Sampled spans that have ended. */
  public long ended() {
    return ended.sum();
  }

  /** Spans that were not sampled; they are in no other figure. */
  public long notSampled() {
    return notSampled.sum();
  }

  /** Sampled spans that have started and not ended. */
  public long live() {
    // Ended first: a span that ends between the two reads must not make the figure negative.
    long done = ended.sum();
    return started.sum() - done;
  }
}
