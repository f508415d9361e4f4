package io.otlpagent.instrumentation.metrics;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The series of one instrument, one for each combination of attribute values, and one for those
 * beyond the limit. Any thread; no locks.
 *
 * @param <S> a series
 */
final class SeriesTable<S> {

  private final ConcurrentHashMap<Values, S> series = new ConcurrentHashMap<>();
  private final Function<@Nullable Object[], S> maker;
  private final S overflow;

  /**
   * @param keys how many attributes there are
   * @param maker of the series of such values
   */
  SeriesTable(int keys, Function<@Nullable Object[], S> maker) {
    this.maker = maker;
    this.overflow = maker.apply(new Object[keys]);
  }

  /** The series of these values, made if need be; the overflow series once there are too many. */
  S of(@Nullable Object[] values) {
    Values key = new Values(values);
    S found = series.get(key);
    if (found != null) {
      return found;
    }
    // The overflow series is one of those that the limit counts. Without attributes there is one.
    if (values.length > 0 && series.size() >= HistogramSettings.installed().maxSeries() - 1) {
      return overflow;
    }
    S made = maker.apply(values);
    S raced = series.putIfAbsent(key, made);
    return raced == null ? made : raced;
  }

  /** All but the overflow series, in no order. */
  Collection<S> all() {
    return Collections.unmodifiableCollection(series.values());
  }

  S overflow() {
    return overflow;
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
