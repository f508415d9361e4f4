package io.otlpagent.agent.resource;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Describes the host and its operating system. */
final class HostDetector {

  private static final int MACHINE_ID_LENGTH = 32;

  private final Surroundings surroundings;

  HostDetector(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  void detect(Map<String, Object> found) {
    found.put("host.name", hostName());
    found.put("host.arch", architecture(surroundings.property("os.arch")));
    String os = surroundings.property("os.name");
    found.put("os.type", type(os));
    String version = surroundings.property("os.version");
    found.put("os.description", (os + " " + version).trim());
    found.put("os.version", version);
  }

  /** The id that systemd gave to the installation. */
  void detectId(Map<String, Object> found) {
    for (String file : new String[] {"etc/machine-id", "var/lib/dbus/machine-id"}) {
      for (String line : surroundings.lines(file)) {
        if (line.trim().length() == MACHINE_ID_LENGTH) {
          found.put("host.id", line.trim());
          return;
        }
      }
    }
  }

  private String hostName() {
    List<String> kernel = surroundings.lines("proc/sys/kernel/hostname");
    if (!kernel.isEmpty() && !kernel.get(0).trim().isEmpty()) {
      return kernel.get(0).trim();
    }
    String name = surroundings.environment("HOSTNAME");
    return name.isEmpty() ? surroundings.environment("COMPUTERNAME") : name;
  }

  /** The values that the conventions know; others as they are. */
  static String architecture(String osArch) {
    switch (osArch.toLowerCase(Locale.ROOT)) {
      case "x86_64":
      case "amd64":
        return "amd64";
      case "aarch64":
      case "arm64":
        return "arm64";
      case "arm":
        return "arm32";
      case "x86":
      case "i386":
      case "i686":
        return "x86";
      case "ppc64le":
        return "ppc64";
      default:
        return osArch;
    }
  }

  static String type(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    if (name.startsWith("mac")) {
      return "darwin";
    }
    if (name.startsWith("sunos")) {
      return "solaris";
    }
    if (name.startsWith("z/os")) {
      return "z_os";
    }
    return name.replace("-", "");
  }
}
