package io.otlpagent.instrumentation.metrics;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A histogram with explicit bounds, one series for each combination of attribute values: of
 * durations in seconds, or of whole numbers such as sizes in bytes. If the operator wants
 * exponential buckets, these are counted as well. Application threads record, the endpoint and the
 * exporter read; no locks.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#histogram">Metrics
 *     data model: histogram</a>
 */
public final class Histogram {

  private static final double NANOS_PER_SECOND = 1e9;

  private final String name;
  private final String unit;
  private final String description;
  private final double[] bounds;
  private final List<AttributeKey> keys;
  private final SeriesTable<Series> series;

  private Histogram(
      String name,
      String unit,
      double perUnit,
      String description,
      double[] bounds,
      AttributeKey... keys) {
    this.name = name;
    this.unit = unit;
    this.description = description;
    this.bounds = bounds.clone();
    this.keys = Collections.unmodifiableList(Arrays.asList(keys));
    long[] scaled = new long[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      scaled[i] = Math.round(bounds[i] * perUnit);
    }
    this.series = new SeriesTable<>(keys.length, new SeriesMaker(scaled, perUnit));
  }

  /**
   * A histogram of durations, recorded in nanoseconds and told in seconds.
   *
   * @param boundsSeconds upper bounds, inclusive, ascending
   * @param keys of the attributes, in the order of the values given to {@link #series}
   */
  public static Histogram ofDurations(
      String name, String description, double[] boundsSeconds, AttributeKey... keys) {
    return new Histogram(name, "s", NANOS_PER_SECOND, description, boundsSeconds, keys);
  }

  /**
   * A histogram of sizes in bytes.
   *
   * @param bounds upper bounds, inclusive, ascending
   * @param keys of the attributes, in the order of the values given to {@link #series}
   */
  public static Histogram ofSizes(
      String name, String description, double[] bounds, AttributeKey... keys) {
    return ofCounts(name, "By", description, bounds, keys);
  }

  /**
   * A histogram of whole numbers.
   *
   * @param unit in UCUM, such as {@code {span}}
   * @param bounds upper bounds, inclusive, ascending
   * @param keys of the attributes, in the order of the values given to {@link #series}
   */
  public static Histogram ofCounts(
      String name, String unit, String description, double[] bounds, AttributeKey... keys) {
    return new Histogram(name, unit, 1, description, bounds, keys);
  }

  public String name() {
    return name;
  }

  /** In UCUM, such as {@code s} or {@code By}. */
  public String unit() {
    return unit;
  }

  public String description() {
    return description;
  }

  /** Upper bounds; a copy. */
  public double[] bounds() {
    return bounds.clone();
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
    return series.of(values);
  }

  /** All series but the overflow series, in no order. */
  public Collection<Series> allSeries() {
    return series.all();
  }

  /** What did not fit; exported with {@code otel.metric.overflow=true} if its count is not 0. */
  public Series overflow() {
    return series.overflow();
  }

  /** The measurements of one combination of attribute values. */
  public static final class Series {

    private final @Nullable Object[] values;
    private final long[] bounds;
    private final double perUnit;
    private final AtomicLongArray counts;
    private final AtomicReferenceArray<@Nullable ExemplarSlot> exemplars;
    private final LongAdder sum = new LongAdder();

    // Null if the operator does not want it: then its class is not loaded.
    private final @Nullable ExponentialHistogram exponential;

    private Series(@Nullable Object[] values, long[] bounds, double perUnit) {
      this.values = values;
      this.bounds = bounds;
      this.perUnit = perUnit;
      this.counts = new AtomicLongArray(bounds.length + 1);
      this.exemplars = new AtomicReferenceArray<>(bounds.length + 1);
      this.exponential =
          HistogramSettings.installed().exponential() ? new ExponentialHistogram() : null;
    }

    /** Adds one value, in nanoseconds or bytes; a negative one counts as 0. */
    public void record(long value) {
      add(value);
    }

    /** Adds the duration of a span that has ended; the span may become an exemplar. */
    public void record(Span span) {
      record(span.durationNanos(), span);
    }

    /** Adds one value of a span that has ended; the span may become an exemplar. */
    public void record(long value, Span span) {
      int bucket = add(value);
      if (HistogramSettings.installed().wantsExemplar(span)) {
        slot(bucket).offer(span, value);
      }
    }

    private int add(long value) {
      int bucket = 0;
      while (bucket < bounds.length && value > bounds[bucket]) {
        bucket++;
      }
      counts.incrementAndGet(bucket);
      sum.add(Math.max(0, value));
      if (exponential != null) {
        exponential.record(value / perUnit);
      }
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

    /** The values of the attributes in the order of {@link Histogram#keys()}; a copy. */
    public @Nullable Object[] values() {
      return values.clone();
    }

    /** The value of the attribute at that position of {@link Histogram#keys()}. */
    public @Nullable Object value(int position) {
      return values[position];
    }

    /** How many values each bucket has; the last one is above all bounds. */
    public long[] bucketCounts() {
      long[] copy = new long[counts.length()];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = counts.get(i);
      }
      return copy;
    }

    /** How many values there are. */
    public long count() {
      long count = 0;
      for (int i = 0; i < counts.length(); i++) {
        count += counts.get(i);
      }
      return count;
    }

    /** The same values in exponential buckets; null if the operator does not want them. */
    public @Nullable ExponentialHistogram exponential() {
      return exponential;
    }

    /** One recent span a bucket, with its value; null where there is none. */
    public @Nullable Exemplar[] exemplars() {
      @Nullable Exemplar[] read = new Exemplar[exemplars.length()];
      for (int i = 0; i < read.length; i++) {
        ExemplarSlot slot = exemplars.get(i);
        read[i] = slot == null ? null : slot.read(perUnit);
      }
      return read;
    }

    /** In seconds or bytes. */
    public double sum() {
      return sum.sum() / perUnit;
    }
  }

  /** No lambda: the first of a JVM is slow, and this is made within an application's request. */
  private static final class SeriesMaker implements Function<@Nullable Object[], Series> {

    private final long[] bounds;
    private final double perUnit;

    SeriesMaker(long[] bounds, double perUnit) {
      this.bounds = bounds;
      this.perUnit = perUnit;
    }

    @Override
    public Series apply(@Nullable Object[] values) {
      return new Series(values, bounds, perUnit);
    }
  }
}
