package io.otlpagent.agent.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

  static final List<ConfigKey> KEYS =
      Arrays.asList(NAME, NAMESPACE, VERSION, ATTRIBUTES, DISABLED_KEYS);

  private final String serviceName;
  private final String serviceNamespace;
  private final String serviceVersion;
  private final Map<String, String> attributes;
  private final List<String> disabledKeys;

  ResourceConfig(ConfigValues values) {
    attributes = values.map(ATTRIBUTES);
    disabledKeys = values.list(DISABLED_KEYS);
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

  /** As written; what the getters above say is stronger. */
  public Map<String, String> attributes() {
    return attributes;
  }
}
