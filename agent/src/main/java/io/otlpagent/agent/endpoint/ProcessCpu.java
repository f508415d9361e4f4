package io.otlpagent.agent.endpoint;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** CPU time of the process. Needs the module jdk.management, which a runtime image may lack. */
final class ProcessCpu {

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

  void write(MetricsWriter writer) {
    long nanos = system.getProcessCpuTime();
    if (nanos >= 0) {
      writer.counter("jvm.cpu.time.seconds", "CPU time used by the process.");
      writer.sample(nanos / 1e9);
    }
    double load = system.getProcessCpuLoad();
    if (load >= 0) {
      writer.gauge("jvm.cpu.recent_utilization.ratio", "Recent CPU utilization for the process.");
      writer.sample(load);
    }
  }
}
