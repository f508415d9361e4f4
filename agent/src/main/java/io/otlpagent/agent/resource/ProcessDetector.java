package io.otlpagent.agent.resource;

import java.io.IOException;
import java.util.Map;

/** Describes the JVM. Not its command line, where passwords are. */
final class ProcessDetector {

  private final Surroundings surroundings;

  ProcessDetector(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  void detect(Map<String, Object> found) {
    long pid = pid();
    if (pid > 0) {
      found.put("process.pid", pid);
    }
    String vm = surroundings.property("java.vm.name");
    String vendor = surroundings.property("java.vm.vendor");
    String version = surroundings.property("java.vm.version");
    found.put("process.runtime.name", surroundings.property("java.runtime.name"));
    found.put("process.runtime.version", surroundings.property("java.runtime.version"));
    found.put("process.runtime.description", (vendor + " " + vm + " " + version).trim());
  }

  private long pid() {
    try {
      // Java 9 and newer.
      Class<?> handle = Class.forName("java.lang.ProcessHandle");
      Object current = handle.getMethod("current").invoke(null);
      return (Long) handle.getMethod("pid").invoke(current);
    } catch (ReflectiveOperationException | SecurityException e) {
      return pidOfProc();
    }
  }

  private long pidOfProc() {
    try {
      return Long.parseLong(surroundings.canonical("proc/self").getName());
    } catch (IOException | NumberFormatException e) {
      // Not Linux, or no /proc: there is no other way without JMX.
      return -1;
    }
  }
}
