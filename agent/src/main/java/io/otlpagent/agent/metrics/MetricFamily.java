package io.otlpagent.agent.metrics;

import java.util.Collections;
import java.util.List;

/** A metric with points of one moment. Immutable; it owns its list. */
public final class MetricFamily {

  private final Metric metric;
  private final boolean delta;
  private final List<MetricPoint> points;

  MetricFamily(Metric metric, boolean delta, List<MetricPoint> points) {
    this.metric = metric;
    this.delta = delta;
    this.points = points;
  }

  public Metric metric() {
    return metric;
  }

  /** Whether its points tell what was added since the last time, not since the beginning. */
  public boolean delta() {
    return delta;
  }

  public List<MetricPoint> points() {
    return Collections.unmodifiableList(points);
  }

  /** The same with a part of the points. */
  MetricFamily part(int from, int to) {
    return new MetricFamily(metric, delta, points.subList(from, to));
  }
}
