package io.otlpagent.agent.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * The metrics of the JVM. Its beans are loaded at the first scrape: who never scrapes does not pay
 * for them.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/runtime/jvm-metrics/">Semantic
 *     conventions for JVM metrics</a>
 */
public final class JvmMetrics implements MetricSource {

  // Guarded by this.
  private @Nullable JvmBeans beans;

  @Override
  public void write(MetricsWriter writer) {
    beans().write(writer);
  }

  private synchronized JvmBeans beans() {
    if (beans == null) {
      beans = new JvmBeans();
    }
    return beans;
  }
}
