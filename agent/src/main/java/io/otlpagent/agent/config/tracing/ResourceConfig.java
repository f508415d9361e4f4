package io.otlpagent.agent.config.tracing;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.resource.ResourceGroup;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who the spans come from: the blocks {@code service} and {@code resource}. Immutable. */
public final class ResourceConfig {

  private static final ConfigKey<String> NAME =
      ConfigKey.text(
          "service.name",
          "",
          "Resource attribute `service.name`; unset: detected from the application",
          "otel.service.name");
  private static final ConfigKey<String> NAMESPACE =
      ConfigKey.text(
          "service.namespace", "", "Resource attribute `service.namespace`; unset: none");
  private static final ConfigKey<String> VERSION =
      ConfigKey.text(
          "service.version",
          "",
          "Resource attribute `service.version`; unset: detected from the application");
  private static final ConfigKey<Map<String, String>> ATTRIBUTES =
      ConfigKey.map(
          "resource.attributes",
          "Additional resource attributes of all spans and metrics; unset: none",
          "otel.resource.attributes");

  private static final ConfigKey<List<String>> DISABLED_KEYS =
      ConfigKey.list(
          "resource.disabled_keys",
          "",
          "Detected resource attributes to remove; unset: none",
          "otel.resource.disabled.keys");

  private static final ConfigKey<List<String>> ENABLED_PROVIDERS =
      ConfigKey.list(
          "otel.java.enabled.resource.providers",
          "",
          "Class names of OpenTelemetry's resource providers that are enabled; only attributes"
              + " that these detect are detected; configured attributes remain; unset: all");
  private static final ConfigKey<List<String>> DISABLED_PROVIDERS =
      ConfigKey.list(
          "otel.java.disabled.resource.providers",
          "",
          "Class names of OpenTelemetry's resource providers that are disabled; attributes that"
              + " these detect are not detected; configured attributes remain; unset: none");

  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(
          NAME,
          NAMESPACE,
          VERSION,
          ATTRIBUTES,
          DISABLED_KEYS,
          ENABLED_PROVIDERS,
          DISABLED_PROVIDERS);

  private final String serviceName;
  private final String serviceNamespace;
  private final String serviceVersion;
  private final Map<String, String> attributes;
  private final List<String> disabledKeys;
  private final Set<ResourceGroup> groups;

  public ResourceConfig(ConfigValues values) {
    attributes = values.get(ATTRIBUTES);
    disabledKeys = values.get(DISABLED_KEYS);
    groups = ResourceProviders.wanted(values, ENABLED_PROVIDERS, DISABLED_PROVIDERS);
    serviceName = value(values, NAME);
    serviceNamespace = value(values, NAMESPACE);
    serviceVersion = value(values, VERSION);
  }

  private String value(ConfigValues values, ConfigKey<String> key) {
    String own = values.get(key);
    String attribute = attributes.get(key.path());
    return own.isEmpty() && attribute != null ? attribute : own;
  }

  /** Empty if the operator did not say. */
  public String serviceName() {
    return serviceName;
  }

  /** Empty if the operator did not say. */
  public String serviceNamespace() {
    return serviceNamespace;
  }

  /** Empty if the operator did not say. */
  public String serviceVersion() {
    return serviceVersion;
  }

  /** Attributes that are not to be found out. */
  public List<String> disabledKeys() {
    return disabledKeys;
  }

  /** What is to be found out. */
  public Set<ResourceGroup> groups() {
    return Collections.unmodifiableSet(groups);
  }

  /** As written; what the getters above say is stronger. */
  public Map<String, String> attributes() {
    return attributes;
  }
}
