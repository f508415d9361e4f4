package io.otlpagent.agent.export;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** A histogram with explicit bounds. Written by the exporter thread, read by the endpoint. */
public final class Histogram {

  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * @param bounds upper bounds, inclusive, ascending
   */
  Histogram(double... bounds) {
    this.bounds = bounds.clone();
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  void record(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts.incrementAndGet(bucket);
    sum.add(value);
  }

  /** Upper bounds; a copy. */
  public double[] bounds() {
    return bounds.clone();
  }

  /** How many values each bucket has; the last one is above all bounds. */
  public long[] bucketCounts() {
    long[] copy = new long[counts.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
    }
    return copy;
  }

  public double sum() {
    return sum.sum();
  }
}
