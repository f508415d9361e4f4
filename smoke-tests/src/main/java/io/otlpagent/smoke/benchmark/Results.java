package io.otlpagent.smoke.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The measured values of one table and their medians. */
final class Results {

  private final Map<Metric, Map<Variant, List<Double>>> values = new EnumMap<>(Metric.class);

  /**
   * @param value NaN if there is none
   */
  void add(Variant variant, Metric metric, double value) {
    if (Double.isNaN(value)) {
      return;
    }
    values
        .computeIfAbsent(metric, key -> new EnumMap<>(Variant.class))
        .computeIfAbsent(variant, key -> new ArrayList<>())
        .add(value);
  }

  Set<Metric> metrics() {
    return values.keySet();
  }

  /** NaN if nothing was measured. */
  double median(Variant variant, Metric metric) {
    List<Double> sorted =
        values.getOrDefault(metric, Map.of()).getOrDefault(variant, List.of()).stream()
            .sorted()
            .toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** What the agent adds: the difference of the medians. */
  double added(Variant variant, Metric metric) {
    return median(variant, metric) - median(Variant.NONE, metric);
  }

  /** Every value, a line for each: {@code section,metric,variant,value,value,...}. */
  String csv(String section) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (metric, variants) ->
            variants.forEach(
                (variant, list) -> {
                  text.append(section).append(',').append(metric).append(',').append(variant);
                  list.forEach(value -> text.append(String.format(Locale.ROOT, ",%.3f", value)));
                  text.append('\n');
                }));
    return text.toString();
  }
}
