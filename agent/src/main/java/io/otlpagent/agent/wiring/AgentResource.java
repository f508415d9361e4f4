package io.otlpagent.agent.wiring;

import io.otlpagent.agent.config.tracing.ResourceConfig;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.agent.resource.ResourceDetector;
import java.util.LinkedHashMap;
import java.util.Map;

/** The resource of this process: what is detected, under what the operator says. */
public final class AgentResource {

  private AgentResource() {}

  public static Resource of(ResourceConfig config) {
    Map<String, Object> configured = new LinkedHashMap<>(config.attributes());
    put(configured, "service.name", config.serviceName());
    put(configured, "service.namespace", config.serviceNamespace());
    put(configured, "service.version", config.serviceVersion());
    Resource found =
        new ResourceDetector(AgentVersion.get(), config.groups()).detect(Resource.of(configured));
    if (config.disabledKeys().isEmpty()) {
      return found;
    }
    Map<String, Object> kept = new LinkedHashMap<>(found.attributes());
    kept.keySet().removeAll(config.disabledKeys());
    kept.putAll(configured);
    return Resource.of(kept);
  }

  private static void put(Map<String, Object> attributes, String key, String value) {
    if (!value.isEmpty()) {
      attributes.put(key, value);
    }
  }
}
