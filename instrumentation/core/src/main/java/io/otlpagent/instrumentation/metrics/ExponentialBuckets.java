package io.otlpagent.instrumentation.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one scale, which they keep: when values do not fit, {@link #coarser} ones take over,
 * and what is here stays until it is collected. Application threads add, without a lock; one thread
 * {@link #drain}s. A counter that has been drained is so far below zero that whoever still adds to
 * it sees that, and adds elsewhere: so each value is counted once.
 */
final class ExponentialBuckets {

  /** Of buckets that have none: each one narrows it. */
  private static final long NO_RANGE = range(Integer.MAX_VALUE, Integer.MIN_VALUE);

  private static final int ZERO = ExponentialPoint.MAX_SIZE;
  private static final long DRAINED = Long.MIN_VALUE;

  private static final AtomicLongFieldUpdater<ExponentialBuckets> RANGE =
      AtomicLongFieldUpdater.newUpdater(ExponentialBuckets.class, "range");
  private static final AtomicLongFieldUpdater<ExponentialBuckets> MIN =
      AtomicLongFieldUpdater.newUpdater(ExponentialBuckets.class, "minBits");
  private static final AtomicLongFieldUpdater<ExponentialBuckets> MAX =
      AtomicLongFieldUpdater.newUpdater(ExponentialBuckets.class, "maxBits");

  private final int scale;
  private final @Nullable ExponentialBuckets finer;

  // Bucket n is at n modulo the size, so that nothing moves when a range grows at either end.
  private final AtomicLongArray counts = new AtomicLongArray(ExponentialPoint.MAX_SIZE + 1);

  // The first and the last bucket. Only ever wider, and never by too many.
  private volatile long range;

  // Of numbers that are not negative, the bits have the same order.
  private volatile long minBits = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
  private volatile long maxBits = -1;

  /** Those for the first value. */
  ExponentialBuckets() {
    this(ExponentialIndex.MAX_SCALE, NO_RANGE, null);
  }

  private ExponentialBuckets(int scale, long range, @Nullable ExponentialBuckets finer) {
    this.scale = scale;
    this.range = range;
    this.finer = finer;
  }

  /** Those that these took over from, with what was added before; null if there were none. */
  @Nullable ExponentialBuckets finer() {
    return finer;
  }

  /**
   * Widens the range to a bucket; false if it would be too wide.
   *
   * @param index the number that the bucket has at the finest scale
   */
  boolean reach(int index) {
    int bucket = bucket(index);
    while (true) {
      long before = range;
      long wider = wider(before, bucket);
      if (wider == before) {
        return true;
      }
      if (ExponentialPoint.excess(first(wider), last(wider)) > 0) {
        return false;
      }
      if (RANGE.compareAndSet(this, before, wider)) {
        return true;
      }
    }
  }

  /** Empty ones at the finest scale at which that bucket and these fit. */
  ExponentialBuckets coarser(int index) {
    long wider = wider(range, bucket(index));
    int first = first(wider);
    int last = last(wider);
    int by = ExponentialPoint.excess(first, last);
    return new ExponentialBuckets(scale - by, range(first >> by, last >> by), this);
  }

  /**
   * Adds a value; false if that is too late.
   *
   * @param index what was {@link #reach}ed for the value; any if the value is 0
   * @param value 0 or more
   */
  boolean add(int index, double value) {
    // Before it is counted: whoever drains the count has seen these.
    long bits = Double.doubleToRawLongBits(value);
    long known = minBits;
    while (bits < known && !MIN.compareAndSet(this, known, bits)) {
      known = minBits;
    }
    known = maxBits;
    while (bits > known && !MAX.compareAndSet(this, known, bits)) {
      known = maxBits;
    }
    return counts.getAndIncrement(value > 0 ? slot(bucket(index)) : ZERO) >= 0;
  }

  /** Takes what has been added; nothing can be added from now on. Called once. */
  ExponentialPoint drain() {
    long[] taken = new long[ExponentialPoint.MAX_SIZE + 1];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = counts.getAndSet(i, DRAINED);
    }
    // Buckets at the ends may be those of other scales, or of values that came too late.
    long reached = range;
    int first = first(reached);
    int last = last(reached);
    while (first <= last && taken[slot(first)] == 0) {
      first++;
    }
    while (first <= last && taken[slot(last)] == 0) {
      last--;
    }
    long[] buckets = new long[first <= last ? last - first + 1 : 0];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = taken[slot(first + i)];
    }
    return new ExponentialPoint(
        scale,
        buckets.length == 0 ? 0 : first,
        buckets,
        taken[ZERO],
        Double.longBitsToDouble(minBits),
        maxBits < 0 ? Double.NEGATIVE_INFINITY : Double.longBitsToDouble(maxBits));
  }

  private int bucket(int index) {
    return index >> (ExponentialIndex.MAX_SCALE - scale);
  }

  private static int slot(int bucket) {
    return Math.floorMod(bucket, ExponentialPoint.MAX_SIZE);
  }

  private static long range(int first, int last) {
    return (long) first << Integer.SIZE | (last & 0xFFFFFFFFL);
  }

  private static long wider(long range, int bucket) {
    return range(Math.min(first(range), bucket), Math.max(last(range), bucket));
  }

  private static int first(long range) {
    return (int) (range >> Integer.SIZE);
  }

  private static int last(long range) {
    return (int) range;
  }
}
