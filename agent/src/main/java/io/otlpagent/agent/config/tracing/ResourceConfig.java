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

  private static final ConfigKey NAME =
      ConfigKey.text(
          "service.name",
          "",
          "`service.name`; unset: found out from the application",
          "otel.service.name");
  private static final ConfigKey NAMESPACE =
      ConfigKey.text("service.namespace", "", "`service.namespace`");
  private static final ConfigKey VERSION =
      ConfigKey.text("service.version", "", "`service.version`");
  private static final ConfigKey ATTRIBUTES =
      ConfigKey.map(
          "resource.attributes", "Attributes of every span's resource", "otel.resource.attributes");

  private static final ConfigKey DISABLED_KEYS =
      ConfigKey.list(
          "resource.disabled_keys",
          "",
          "Attributes to leave out of the resource that the agent found out",
          "otel.resource.disabled.keys");

  private static final ConfigKey ENABLED_PROVIDERS =
      ConfigKey.list(
          "otel.java.enabled.resource.providers",
          "",
          "Class names of OpenTelemetry's resource providers: if set, only what these would find"
              + " out; what is configured stays");
  private static final ConfigKey DISABLED_PROVIDERS =
      ConfigKey.list(
          "otel.java.disabled.resource.providers",
          "",
          "Class names of OpenTelemetry's resource providers: what these would find out is left"
              + " out; what is configured stays");

  public static final List<ConfigKey> KEYS =
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
    attributes = values.map(ATTRIBUTES);
    disabledKeys = values.list(DISABLED_KEYS);
    groups = ResourceProviders.wanted(values, ENABLED_PROVIDERS, DISABLED_PROVIDERS);
    serviceName = value(values, NAME);
    serviceNamespace = value(values, NAMESPACE);
    serviceVersion = value(values, VERSION);
  }

  private String value(ConfigValues values, ConfigKey key) {
    String own = values.text(key);
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
