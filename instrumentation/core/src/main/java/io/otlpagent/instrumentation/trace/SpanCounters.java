package io.otlpagent.instrumentation.trace;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many sampled spans were started and ended: the first two lines of the ledger. Written by
 * application threads, read by the endpoint.
 */
public final class SpanCounters {

  // By the position of the parent's origin.
  private final LongAdder[] started = {new LongAdder(), new LongAdder(), new LongAdder()};
  private final LongAdder[] notSampled = {new LongAdder(), new LongAdder(), new LongAdder()};
  private final LongAdder ended = new LongAdder();
  private final LongAdder parked = new LongAdder();
  private final LongAdder notKept = new LongAdder();

  void start(ParentOrigin parent) {
    started[parent.position].increment();
  }

  /** Undoes the count of a span that has not ended. */
  void abandon(Span span) {
    LongAdder[] counted = span.sampled() ? started : notSampled;
    if (span.sampled() || !span.recorded()) {
      counted[ParentOrigin.of(span).position].decrement();
    }
  }

  void end() {
    ended.increment();
  }

  void park() {
    parked.increment();
  }

  void unpark() {
    parked.decrement();
  }

  /** Children that were started and have ended, and turn out to be sampled but lost. */
  void startAndEnd(int spans) {
    started[ParentOrigin.LOCAL.position].add(spans);
    ended.add(spans);
  }

  void skip(ParentOrigin parent, int spans) {
    notSampled[parent.position].add(spans);
  }

  void letGo() {
    notKept.increment();
  }

  /** Traces that a tail rule would have kept, but for its limit; their spans are not sampled. */
  public long notKept() {
    return notKept.sum();
  }

  /** Sampled spans that were started. */
  public long started() {
    return sum(started);
  }

  /** Those of them with such a parent. */
  public long started(ParentOrigin parent) {
    return started[parent.position].sum();
  }

  /** Sampled spans that have ended. */
  public long ended() {
    return ended.sum();
  }

  /** Spans that were not sampled; they are in no other figure. A held span is in none as yet. */
  public long notSampled() {
    return sum(notSampled);
  }

  /** Those of them with such a parent. */
  public long notSampled(ParentOrigin parent) {
    return notSampled[parent.position].sum();
  }

  /** Sampled spans that have started and not ended. */
  public long live() {
    // Ended first: a span that ends between the two reads must not make the figure negative.
    long done = ended.sum();
    return started() - done;
  }

  /** Those of them that wait, on no thread, for something of the application's. */
  public long parked() {
    return parked.sum();
  }

  private static long sum(LongAdder[] adders) {
    long sum = 0;
    for (LongAdder adder : adders) {
      sum += adder.sum();
    }
    return sum;
  }
}
