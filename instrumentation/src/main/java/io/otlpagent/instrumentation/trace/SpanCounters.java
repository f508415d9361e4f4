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

  void start() {
    started.increment();
  }

  void end() {
    ended.increment();
  }

  /** Spans that were started and have ended, and turn out to be sampled but lost. */
  void startAndEnd(int spans) {
    started.add(spans);
    ended.add(spans);
  }

  void skip(int spans) {
    notSampled.add(spans);
  }

  /** Sampled spans that were started. */
  public long started() {
    return started.sum();
  }

  /** Sampled spans that have ended. */
  public long ended() {
    return ended.sum();
  }

  /** Spans that were not sampled; they are in no other figure. A held span is in none as yet. */
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
