package io.otlpagent.agent.metrics;

import io.otlpagent.agent.logging.AgentLog;
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
  private boolean absent;

  @Override
  public void collect(MetricCollector collector) {
    JvmBeans found = beans();
    if (found != null) {
      found.collect(collector);
    }
  }

  /** Null on a runtime image that has none. */
  private synchronized @Nullable JvmBeans beans() {
    if (beans == null && !absent) {
      try {
        beans = new JvmBeans();
      } catch (NoClassDefFoundError e) {
        absent = true;
        AgentLog.info(
            "the metrics of the JVM are left out: this runtime image has no module"
                + " java.management; build it with jlink --add-modules java.management");
      }
    }
    return beans;
  }
}
