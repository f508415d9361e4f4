package io.otlpagent.agent.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what is told of sums and histograms: all since the beginning, or what was added since the
 * last time that the collector took it. What it did not take is told again, with what came since.
 * Used by the exporter thread.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#temporality">Metrics
 *     data model: temporality</a>
 */
public final class Temporality {

  /** What operators can choose. */
  public enum Preference {
    CUMULATIVE,
    /** Counters and histograms since the last time. */
    DELTA,
    /** The same but for counters that are read from the JVM, which would have to be remembered. */
    LOWMEMORY
  }

  private final Preference preference;

  // By metric, what the collector has been told of each series.
  private final Map<String, Map<Labels, MetricPoint>> told = new HashMap<>();

  // When everything was told the last time; 0 if never.
  private long lastComplete;

  public Temporality(Preference preference) {
    this.preference = preference;
  }

  /** What to tell of a snapshot, in parts of at most so many points. */
  public List<List<MetricFamily>> parts(MetricSnapshot snapshot, int maxPoints) {
    List<List<MetricFamily>> parts = new ArrayList<>();
    List<MetricFamily> part = new ArrayList<>();
    int room = maxPoints;
    for (MetricFamily family : snapshot.families()) {
      MetricFamily changed = isDelta(family.metric()) ? delta(family) : family;
      int size = changed.points().size();
      int from = 0;
      while (from < size) {
        int to = Math.min(size, from + room);
        part.add(changed.part(from, to));
        room -= to - from;
        from = to;
        if (room == 0) {
          parts.add(part);
          part = new ArrayList<>();
          room = maxPoints;
        }
      }
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  /** The collector took a part. */
  public void delivered(List<MetricFamily> part) {
    for (MetricFamily family : part) {
      if (family.delta()) {
        Map<Labels, MetricPoint> series =
            told.computeIfAbsent(family.metric().name(), name -> new HashMap<>());
        for (MetricPoint point : family.points()) {
          series.put(point.labels(), point.total());
          if (point.isHistogram()) {
            point.histogram().delivered();
          }
        }
      }
    }
  }

  /** The collector took all parts of a snapshot. */
  public void complete(MetricSnapshot snapshot) {
    lastComplete = snapshot.epochNanos();
  }

  /** The moment after which exemplars are news: when everything was told the last time. */
  public long lastComplete() {
    return lastComplete;
  }

  private boolean isDelta(Metric metric) {
    switch (preference) {
      case DELTA:
        return metric.kind() == Metric.Kind.COUNTER || metric.kind() == Metric.Kind.HISTOGRAM;
      case LOWMEMORY:
        return metric.kind() == Metric.Kind.HISTOGRAM
            || (metric.kind() == Metric.Kind.COUNTER && !metric.name().startsWith("jvm."));
      default:
        return false;
    }
  }

  private MetricFamily delta(MetricFamily family) {
    Map<Labels, MetricPoint> before = told.get(family.metric().name());
    List<MetricPoint> points = new ArrayList<>();
    for (MetricPoint point : family.points()) {
      MetricPoint earlier = before == null ? null : before.get(point.labels());
      MetricPoint added = point.since(earlier, start(point, earlier));
      if (!added.isNothing()) {
        points.add(added);
      }
    }
    return new MetricFamily(family.metric(), true, points);
  }

  /**
   * Where the last interval of the series ended; of a new one, where the last snapshot ended. Not
   * after its own end: the clock may have been put back.
   */
  private long start(MetricPoint point, @Nullable MetricPoint earlier) {
    long known = Math.max(point.startEpochNanos(), lastComplete);
    long start = earlier == null ? known : Math.max(known, earlier.epochNanos());
    return Math.min(start, point.epochNanos());
  }
}
