package io.otlpagent.agent.doctor;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.Collections;
import java.util.List;

/** What this JVM tells about itself. A runtime image without java.management tells less. */
final class RunningJvm {

  /** Those of the command line; none if the JVM does not tell. */
  final List<String> options;

  /** Negative if the JVM does not tell. */
  final long uptimeSeconds;

  private RunningJvm(List<String> options, long uptimeSeconds) {
    this.options = options;
    this.uptimeSeconds = uptimeSeconds;
  }

  static RunningJvm get() {
    try {
      RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
      return new RunningJvm(runtime.getInputArguments(), runtime.getUptime() / 1000);
    } catch (NoClassDefFoundError e) {
      return new RunningJvm(Collections.emptyList(), -1);
    }
  }
}
