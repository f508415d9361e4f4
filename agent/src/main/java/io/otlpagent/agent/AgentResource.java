package io.otlpagent.agent;

import io.otlpagent.agent.config.ResourceConfig;
import io.otlpagent.agent.resource.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The resource of this process: what is detected, under what the operator says. */
final class AgentResource {

  private AgentResource() {}

  static Resource of(ResourceConfig config) {
    Map<String, Object> own = new LinkedHashMap<>(config.attributes());
    own.put(
        "service.name",
        config.serviceName().isEmpty() ? "unknown_service:java" : config.serviceName());
    return Resource.of(own);
  }
}
