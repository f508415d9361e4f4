package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.trace.AttributeKey;
import io.otlpagent.instrumentation.trace.Span;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A histogram of durations in seconds with explicit bounds, one series for each combination of
 * attribute values. Application threads record, the endpoint and the exporter read; no locks.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#histogram">Metrics
 *     data model: histogram</a>
 */
public final class DurationHistogram {

  private final String name;
  private final String description;
  private final double[] boundsSeconds;
  private final long[] boundsNanos;
  private final List<AttributeKey> keys;
  private final ConcurrentHashMap<Values, Series> series = new ConcurrentHashMap<>();
  private final Series overflow;

  /**
   * @param boundsSeconds upper bounds, inclusive, ascending
   * @param keys of the attributes, in the order of the values given to {@link #series}
   */
  public DurationHistogram(
      String name, String description, double[] boundsSeconds, AttributeKey... keys) {
    this.name = name;
    this.description = description;
    this.boundsSeconds = boundsSeconds.clone();
    this.boundsNanos = new long[boundsSeconds.length];
    for (int i = 0; i < boundsSeconds.length; i++) {
      boundsNanos[i] = Math.round(boundsSeconds[i] * 1e9);
    }
    this.keys = Collections.unmodifiableList(Arrays.asList(keys));
    this.overflow = new Series(new Object[keys.length], boundsNanos);
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  /** Upper bounds in seconds; a copy. */
  public double[] boundsSeconds() {
    return boundsSeconds.clone();
  }

  public List<AttributeKey> keys() {
    return keys;
  }

  /**
   * The series of these values, made if need be; the overflow series once there are too many.
   *
   * @param values one a key: a String, a Long, or null where the attribute is absent
   */
  public Series series(@Nullable Object... values) {
    Values key = new Values(values);
    Series found = series.get(key);
    if (found != null) {
      return found;
    }
    // The overflow series is one of those that the limit counts.
    if (series.size() >= HistogramSettings.installed().maxSeries() - 1) {
      return overflow;
    }
    Series made = new Series(values, boundsNanos);
    Series raced = series.putIfAbsent(key, made);
    return raced == null ? made : raced;
  }

  /** All series but the overflow series, in no order. */
  public Collection<Series> allSeries() {
    return Collections.unmodifiableCollection(series.values());
  }

  /** What did not fit; exported with {@code otel.metric.overflow=true} if its count is not 0. */
  public Series overflow() {
    return overflow;
  }

  /** The durations of one combination of attribute values. */
  public static final class Series {

    private final @Nullable Object[] values;
    private final long[] boundsNanos;
    private final AtomicLongArray counts;
    private final AtomicReferenceArray<@Nullable ExemplarSlot> exemplars;
    private final LongAdder sumNanos = new LongAdder();

    private Series(@Nullable Object[] values, long[] boundsNanos) {
      this.values = values;
      this.boundsNanos = boundsNanos;
      this.counts = new AtomicLongArray(boundsNanos.length + 1);
      this.exemplars = new AtomicReferenceArray<>(boundsNanos.length + 1);
    }

    /** Adds one duration; a negative one counts as 0. */
    public void record(long nanos) {
      add(nanos);
    }

    /** Adds the duration of a span that has ended; the span may become an exemplar. */
    public void record(Span span) {
      long nanos = span.durationNanos();
      int bucket = add(nanos);
      if (HistogramSettings.installed().wantsExemplar(span)) {
        slot(bucket).offer(span, nanos);
      }
    }

    private int add(long nanos) {
      int bucket = 0;
      while (bucket < boundsNanos.length && nanos > boundsNanos[bucket]) {
        bucket++;
      }
      counts.incrementAndGet(bucket);
      sumNanos.add(Math.max(0, nanos));
      return bucket;
    }

    private ExemplarSlot slot(int bucket) {
      ExemplarSlot slot = exemplars.get(bucket);
      if (slot == null) {
        slot = new ExemplarSlot();
        // Two threads may do this at once; what the first one writes may be lost, and no more.
        exemplars.set(bucket, slot);
      }
      return slot;
    }

    /** The values of the attributes in the order of {@link DurationHistogram#keys()}; a copy. */
    public @Nullable Object[] values() {
      return values.clone();
    }

    /** The value of the attribute at that position of {@link DurationHistogram#keys()}. */
    public @Nullable Object value(int position) {
      return values[position];
    }

    /** How many durations each bucket has; the last one is above all bounds. */
    public long[] bucketCounts() {
      long[] copy = new long[counts.length()];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = counts.get(i);
      }
      return copy;
    }

    /** One recent span a bucket, with its duration; null where there is none. */
    public @Nullable Exemplar[] exemplars() {
      @Nullable Exemplar[] read = new Exemplar[exemplars.length()];
      for (int i = 0; i < read.length; i++) {
        ExemplarSlot slot = exemplars.get(i);
        read[i] = slot == null ? null : slot.read();
      }
      return read;
    }

    public double sumSeconds() {
      return sumNanos.sum() / 1e9;
    }
  }

  private static final class Values {

    private final @Nullable Object[] values;
    private final int hash;

    Values(@Nullable Object[] values) {
      this.values = values;
      this.hash = Arrays.hashCode(values);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Values && Arrays.equals(values, ((Values) other).values);
    }
  }
}
