package io.otlpagent.agent.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The metrics of the JVM. Its beans are loaded when they are first asked for, long after the start.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/runtime/jvm-metrics/">Semantic
 *     conventions for JVM metrics</a>
 */
public final class JvmMetrics implements MetricSource {

  // Guarded by this.
  private @Nullable JvmBeans beans;

  @Override
  public void collect(MetricCollector collector) {
    beans().collect(collector);
  }

  private synchronized JvmBeans beans() {
    if (beans == null) {
      beans = new JvmBeans();
    }
    return beans;
  }
}
