package io.otlpagent.agent.resource;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

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
    found.put("process.executable.path", executable());
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

  /** What the kernel has loaded, else what the JDK says, else where this JDK has its launcher. */
  private String executable() {
    try {
      File file = surroundings.canonical("proc/self/exe");
      // The link itself is what is left where we may not follow it.
      if (surroundings.exists("proc/self/exe") && !file.getName().equals("exe")) {
        return file.getPath();
      }
    } catch (IOException | SecurityException e) {
      // Not Linux, or not for us to see.
    }
    String command = command();
    return command.isEmpty() ? launcher() : command;
  }

  private static String command() {
    try {
      // Java 9 and newer.
      Class<?> handle = Class.forName("java.lang.ProcessHandle");
      Object current = handle.getMethod("current").invoke(null);
      Object info = handle.getMethod("info").invoke(current);
      Object command =
          Class.forName("java.lang.ProcessHandle$Info").getMethod("command").invoke(info);
      Optional<?> path = (Optional<?>) command;
      return path.isPresent() ? path.get().toString() : "";
    } catch (ReflectiveOperationException | SecurityException e) {
      return "";
    }
  }

  private String launcher() {
    String home = surroundings.property("java.home");
    for (String name : new String[] {"java", "java.exe"}) {
      File file = new File(new File(home, "bin"), name);
      if (!home.isEmpty() && file.isFile()) {
        return file.getPath();
      }
    }
    return "";
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
