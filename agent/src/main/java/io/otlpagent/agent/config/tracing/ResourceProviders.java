package io.otlpagent.agent.config.tracing;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.ShownValue;
import io.otlpagent.agent.resource.ResourceGroup;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes of OpenTelemetry that find out the resource, and what this agent finds out in their
 * place. Known by their simple names, because they have moved between packages. Stateless.
 */
final class ResourceProviders {

  private static final String PACKAGE = "io.opentelemetry.";

  /** Mostly clouds, which are asked over the network, and not by us: nothing to switch off. */
  private static final String CONTRIBUTED = "io.opentelemetry.contrib.";

  private ResourceProviders() {}

  /**
   * The groups that are wanted.
   *
   * @param enabled a list of class names; nothing else is wanted if it is set
   * @param disabled a list of class names that are not wanted in any case
   */
  static Set<ResourceGroup> wanted(
      ConfigValues values, ConfigKey<List<String>> enabled, ConfigKey<List<String>> disabled) {
    Set<ResourceGroup> wanted = EnumSet.allOf(ResourceGroup.class);
    List<String> only = values.get(enabled);
    if (!only.isEmpty()) {
      Set<ResourceGroup> groups = groups(values, enabled, only, "");
      if (groups.isEmpty() && !anyProvider(only)) {
        values.derived(enabled, enabled.defaultValue());
      } else {
        wanted.retainAll(groups);
      }
    }
    wanted.removeAll(groups(values, disabled, values.get(disabled), CONTRIBUTED));
    return wanted;
  }

  /**
   * @param harmless the package whose classes may be named for nothing; empty for none
   */
  private static Set<ResourceGroup> groups(
      ConfigValues values, ConfigKey<?> key, List<String> classes, String harmless) {
    Set<ResourceGroup> groups = EnumSet.noneOf(ResourceGroup.class);
    StringBuilder unknown = new StringBuilder();
    for (String name : classes) {
      ResourceGroup group = group(name);
      if (group != null) {
        groups.add(group);
      } else if (harmless.isEmpty() || !name.startsWith(harmless)) {
        unknown.append(unknown.length() == 0 ? "" : ", ").append(name);
      }
    }
    if (unknown.length() > 0) {
      values.warn(
          values.origin(key)
              + ": this agent finds out nothing in the place of "
              + ShownValue.shortened(unknown.toString())
              + "; write full class names of OpenTelemetry's resource providers, or leave single"
              + " attributes out with resource.disabled_keys");
    }
    return groups;
  }

  /** Whether what is listed can be meant as class names of OpenTelemetry at all. */
  private static boolean anyProvider(List<String> classes) {
    for (String name : classes) {
      if (name.startsWith(PACKAGE)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable ResourceGroup group(String className) {
    if (!className.startsWith(PACKAGE)) {
      return null;
    }
    switch (className.substring(className.lastIndexOf('.') + 1)) {
      case "SpringBootServiceNameDetector":
        return ResourceGroup.SPRING_NAME;
      case "SpringBootServiceVersionDetector":
        return ResourceGroup.SPRING_VERSION;
      case "ManifestResourceProvider":
        return ResourceGroup.MANIFEST;
      case "JarServiceNameDetector":
        return ResourceGroup.JAR_NAME;
      case "AppServerServiceNameProvider":
        return ResourceGroup.WEB_APPLICATION;
      case "DistroVersionResourceProvider":
        return ResourceGroup.DISTRIBUTION;
      case "HostResourceProvider":
        return ResourceGroup.HOST;
      case "HostIdResourceProvider":
        return ResourceGroup.HOST_ID;
      case "OsResourceProvider":
        return ResourceGroup.OS;
      case "ProcessResourceProvider":
        return ResourceGroup.PROCESS;
      case "ProcessRuntimeResourceProvider":
        return ResourceGroup.PROCESS_RUNTIME;
      case "ContainerResourceProvider":
        return ResourceGroup.CONTAINER;
      case "EnvironmentResourceProvider":
        return ResourceGroup.KUBERNETES;
      case "ServiceInstanceIdResourceProvider":
        return ResourceGroup.INSTANCE_ID;
      default:
        return null;
    }
  }
}
