package io.otlpagent.agent.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** CPU time of the process. Needs the module jdk.management, which a runtime image may lack. */
final class ProcessCpu {

  private static final Metric TIME =
      Metric.counter("jvm.cpu.time", "s", "CPU time used by the process.");
  private static final Metric UTILIZATION =
      Metric.gauge("jvm.cpu.recent_utilization", "1", "Recent CPU utilization for the process.");

  private final OperatingSystemMXBean system;

  private ProcessCpu(OperatingSystemMXBean system) {
    this.system = system;
  }

  static @Nullable ProcessCpu ofThisJvm() {
    Object bean = ManagementFactory.getOperatingSystemMXBean();
    // Not on every JVM that is not HotSpot.
    return bean instanceof OperatingSystemMXBean
        ? new ProcessCpu((OperatingSystemMXBean) bean)
        : null;
  }

  void collect(MetricCollector collector, long jvmStart) {
    long nanos = system.getProcessCpuTime();
    if (nanos >= 0) {
      collector.begin(TIME.since(jvmStart));
      collector.point(nanos / 1e9, Labels.NONE);
    }
    double load = system.getProcessCpuLoad();
    if (load >= 0) {
      collector.begin(UTILIZATION);
      collector.point(load, Labels.NONE);
    }
  }
}
