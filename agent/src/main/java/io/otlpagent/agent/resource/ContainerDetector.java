package io.otlpagent.agent.resource;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the container and, in Kubernetes, the pod. The id comes from the control group (version 1)
 * or from the files that the runtime mounts (version 2, where the group is hidden).
 */
final class ContainerDetector {

  private static final int ID_LENGTH = 64;

  private final Surroundings surroundings;

  ContainerDetector(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  void detect(Map<String, Object> found) {
    String id = containerId();
    if (id != null) {
      found.put("container.id", id);
    }
    // Elsewhere these common names can mean anything: Jenkins sets NODE_NAME.
    if (!surroundings.environment("KUBERNETES_SERVICE_HOST").isEmpty()) {
      found.put("k8s.namespace.name", namespace());
      found.put("k8s.pod.name", surroundings.environment("POD_NAME"));
      found.put("k8s.pod.uid", surroundings.environment("POD_UID"));
      found.put("k8s.container.name", surroundings.environment("CONTAINER_NAME"));
      found.put("k8s.node.name", surroundings.environment("NODE_NAME"));
      found.put("k8s.deployment.name", surroundings.environment("DEPLOYMENT_NAME"));
      found.values().removeIf(value -> value.toString().isEmpty());
    }
  }

  private String namespace() {
    String namespace = surroundings.environment("POD_NAMESPACE");
    if (!namespace.isEmpty()) {
      return namespace;
    }
    for (String line :
        surroundings.lines("var/run/secrets/kubernetes.io/serviceaccount/namespace")) {
      return line.trim();
    }
    return "";
  }

  private @Nullable String containerId() {
    for (String line : surroundings.lines("proc/self/cgroup")) {
      String id = idIn(line);
      if (id != null) {
        return id;
      }
    }
    for (String line : surroundings.lines("proc/self/mountinfo")) {
      // Docker, Podman and CRI-O keep the container's own files there; the "sandboxes" of
      // containerd are ids of the pod.
      int at = line.indexOf("containers/");
      if (at >= 0 && line.contains("/etc/hostname")) {
        String id = idIn(line.substring(at + "containers/".length()));
        if (id != null) {
          return id;
        }
      }
    }
    return null;
  }

  /** The last run of 64 hexadecimal digits, which is of the innermost container; null if none. */
  private static @Nullable String idIn(String text) {
    String id = null;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hexadecimal = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      run = hexadecimal ? run + 1 : 0;
      if (run == ID_LENGTH) {
        id = text.substring(i + 1 - ID_LENGTH, i + 1);
      }
    }
    return id;
  }
}
