package io.otlpagent.instrumentation.metrics;

import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says how many there are of something that comes and goes, one series for each combination of
 * attribute values. Application threads count, the endpoint and the exporter read; no locks.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#sums">Metrics data
 *     model: sums</a>
 */
public final class UpDownCounter {

  private final String name;
  private final String unit;
  private final String description;
  private final List<AttributeKey> keys;
  private final SeriesTable<Series> series;

  /**
   * @param unit in UCUM, such as <code>{request}</code>
   * @param keys of the attributes, in the order of the values given to {@link #series}
   */
  public UpDownCounter(String name, String unit, String description, AttributeKey... keys) {
    this.name = name;
    this.unit = unit;
    this.description = description;
    this.keys = Collections.unmodifiableList(Arrays.asList(keys));
    this.series = new SeriesTable<>(keys.length, new SeriesMaker());
  }

  public String name() {
    return name;
  }

  public String unit() {
    return unit;
  }

  public String description() {
    return description;
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

  /** What did not fit; exported with {@code otel.metric.overflow=true} if it is not 0. */
  public Series overflow() {
    return series.overflow();
  }

  /** The number of one combination of attribute values. */
  public static final class Series {

    private final @Nullable Object[] values;
    private final LongAdder sum = new LongAdder();

    private Series(@Nullable Object[] values) {
      this.values = values;
    }

    public void add(long change) {
      sum.add(change);
    }

    public long sum() {
      return sum.sum();
    }

    /** The values of the attributes in the order of {@link UpDownCounter#keys()}; a copy. */
    public @Nullable Object[] values() {
      return values.clone();
    }
  }

  private static final class SeriesMaker implements Function<@Nullable Object[], Series> {

    @Override
    public Series apply(@Nullable Object[] values) {
      return new Series(values);
    }
  }
}
