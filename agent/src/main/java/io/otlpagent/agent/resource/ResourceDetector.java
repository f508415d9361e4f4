package io.otlpagent.agent.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds out who the spans come from. Asks the environment, system properties and a few files;
 * nothing of it goes over the network, so there is no host name that DNS would know better.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/resource/">Semantic conventions for
 *     resources</a>
 */
public final class ResourceDetector {

  private final Surroundings surroundings;
  private final String agentVersion;
  private final Set<ResourceGroup> wanted;

  /**
   * @param wanted what to find out; what names the SDK is there in any case
   */
  public ResourceDetector(String agentVersion, Set<ResourceGroup> wanted) {
    this(agentVersion, wanted, Surroundings.ofThisProcess());
  }

  ResourceDetector(String agentVersion, Set<ResourceGroup> wanted, Surroundings surroundings) {
    this.agentVersion = agentVersion;
    this.wanted = wanted;
    this.surroundings = surroundings;
  }

  /**
   * The resource of this process.
   *
   * @param configured what the operator says, which wins
   */
  public Resource detect(Resource configured) {
    Map<String, Object> found = new LinkedHashMap<>();
    if (configured.get("service.name") == null || configured.get("service.version") == null) {
      new ServiceDetector(surroundings, wanted).detect(found);
    }
    found.put("telemetry.sdk.name", "otlp-agent");
    found.put("telemetry.sdk.language", "java");
    found.put("telemetry.sdk.version", agentVersion);
    found.put("telemetry.distro.name", "otlp-agent");
    found.put("telemetry.distro.version", agentVersion);
    new HostDetector(surroundings).detect(found);
    new ProcessDetector(surroundings).detect(found);
    new ContainerDetector(surroundings).detect(found);
    if (found.get("container.id") == null) {
      // In a container that file, if there is one, came with the image.
      new HostDetector(surroundings).detectId(found);
    }
    found.put("service.instance.id", instanceId(found));
    for (ResourceGroup group : ResourceGroup.values()) {
      if (!wanted.contains(group)) {
        group.removeFrom(found);
      }
    }
    return Resource.of(found).merge(configured);
  }

  /** The name of the container where it is unique, so that restarts of it share the id. */
  private static String instanceId(Map<String, Object> found) {
    Object namespace = found.get("k8s.namespace.name");
    Object pod = found.get("k8s.pod.name");
    Object container = found.get("k8s.container.name");
    return namespace != null && pod != null && container != null
        ? namespace + "." + pod + "." + container
        : RandomUuid.next();
  }
}
