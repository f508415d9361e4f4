package io.otlpagent.agent.metrics;

import io.otlpagent.agent.logging.AgentLog;
import java.util.ArrayList;
import java.util.List;

/** All figures that are sent over OTLP, at one moment. Used by the exporter thread. */
public final class MetricSnapshot implements MetricCollector {

  private final long agentStart;
  private final long epochNanos;
  private final List<MetricFamily> families = new ArrayList<>();
  private Metric metric = Metric.gauge("", "", "");
  private List<MetricPoint> points = new ArrayList<>();

  private MetricSnapshot(long agentStart, long epochNanos) {
    this.agentStart = agentStart;
    this.epochNanos = epochNanos;
  }

  /**
   * Asks all sources.
   *
   * @param agentStart since when most of them count, in nanoseconds since the Unix epoch
   */
  public static MetricSnapshot of(List<MetricSource> sources, long agentStart) {
    MetricSnapshot snapshot =
        new MetricSnapshot(agentStart, System.currentTimeMillis() * 1_000_000L);
    for (MetricSource source : sources) {
      snapshot.add(source);
    }
    return snapshot;
  }

  /** One source must not take the figures of the others away; a part of the JDK may be absent. */
  private void add(MetricSource source) {
    int before = families.size();
    try {
      source.collect(this);
    } catch (RuntimeException | LinkageError e) {
      while (families.size() > before) {
        families.remove(families.size() - 1);
      }
      AgentLog.warn("metrics: " + source.getClass().getSimpleName() + " failed", e);
    }
  }

  @Override
  public void begin(Metric metric) {
    this.metric = metric;
    this.points = new ArrayList<>();
    if (metric.pushed()) {
      families.add(new MetricFamily(metric, false, points));
    }
  }

  @Override
  public void point(long value, Labels labels) {
    add(labels, value);
  }

  @Override
  public void point(double value, Labels labels) {
    add(labels, value);
  }

  @Override
  public boolean takesExponential() {
    return true;
  }

  @Override
  public void histogram(HistogramPoint point, Labels labels) {
    add(labels, point);
  }

  private void add(Labels labels, Object value) {
    long start = metric.startEpochNanos() == 0 ? agentStart : metric.startEpochNanos();
    points.add(new MetricPoint(labels, start, epochNanos, value));
  }

  /** When it was taken, in nanoseconds since the Unix epoch. */
  public long epochNanos() {
    return epochNanos;
  }

  public List<MetricFamily> families() {
    return families;
  }
}
