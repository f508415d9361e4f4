package io.otlpagent.agent.resource;

import java.util.Map;

/** What of a resource is found out together, and can be left out together. */
public enum ResourceGroup {
  /** {@code service.name} as Spring says it. */
  SPRING_NAME,
  /** {@code service.version} as Spring's build writes it into the manifest. */
  SPRING_VERSION,
  /** {@code service.name} and {@code service.version} of the manifest of the application's jar. */
  MANIFEST,
  /** {@code service.name} and {@code service.version} of the name of the application's jar. */
  JAR_NAME,
  /** {@code service.name} as the descriptor of Tomcat's only web application says it. */
  WEB_APPLICATION,
  DISTRIBUTION("telemetry.distro."),
  HOST("host.name", "host.arch"),
  HOST_ID("host.id"),
  OS("os."),
  PROCESS("process.pid", "process.executable."),
  PROCESS_RUNTIME("process.runtime."),
  CONTAINER("container."),
  /** From the environment that the downward API makes, and from files in the pod. */
  KUBERNETES("k8s."),
  INSTANCE_ID("service.instance.id");

  private final String key;
  private final String secondKey;

  ResourceGroup() {
    this("", "");
  }

  ResourceGroup(String key) {
    this(key, "");
  }

  /**
   * @param key of an attribute, or how several begin, up to a dot; empty for none
   */
  ResourceGroup(String key, String secondKey) {
    this.key = key;
    this.secondKey = secondKey;
  }

  /** Takes the attributes of this group out; those of a service's name take care of themselves. */
  void removeFrom(Map<String, ?> attributes) {
    attributes.keySet().removeIf(name -> matches(key, name) || matches(secondKey, name));
  }

  private static boolean matches(String key, String name) {
    return key.endsWith(".") ? name.startsWith(key) : name.equals(key);
  }
}
