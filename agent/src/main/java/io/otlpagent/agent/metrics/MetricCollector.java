package io.otlpagent.agent.metrics;

/** Takes figures: a metric is begun and then gets its points. Used by one thread. */
public interface MetricCollector {

  /** What follows are points of this metric, each with attributes of its own. */
  void begin(Metric metric);

  void point(long value, Labels labels);

  void point(double value, Labels labels);

  /**
   * Whether it takes exponential buckets of those histograms that have some. At most one collector
   * of a JVM may: what it takes may be forgotten.
   */
  boolean takesExponential();

  /** For a metric that is a histogram. */
  void histogram(HistogramPoint point, Labels labels);
}
