package io.otlpagent.agent.resource;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the container and, in Kubernetes, the pod. The id comes from the control group (version 1)
 * or from the files that the runtime mounts (version 2, where the group is hidden).
 */
final class ContainerDetector {

  private static final int ID_LENGTH = 64;
  private static final int UID_LENGTH = 36;

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
    if (inKubernetes()) {
      String uid = variable("POD_UID");
      // Unless the pod shares the host's network its host name is its own.
      String pod = variable("POD_NAME");
      found.put("k8s.namespace.name", namespace());
      found.put("k8s.pod.name", pod.isEmpty() ? surroundings.environment("HOSTNAME") : pod);
      found.put("k8s.pod.uid", uid.isEmpty() ? podUid() : uid);
      found.put("k8s.container.name", variable("CONTAINER_NAME"));
      found.put("k8s.node.name", variable("NODE_NAME"));
      found.put("k8s.deployment.name", variable("DEPLOYMENT_NAME"));
      found.values().removeIf(value -> value.toString().isEmpty());
    }
  }

  private boolean inKubernetes() {
    return !surroundings.environment("KUBERNETES_SERVICE_HOST").isEmpty();
  }

  /** As the downward API is usually mapped, and as OpenTelemetry's operator does. */
  private String variable(String name) {
    for (String prefix : new String[] {"", "K8S_", "OTEL_RESOURCE_ATTRIBUTES_"}) {
      String value = surroundings.environment(prefix + name);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private String namespace() {
    for (String name : new String[] {"POD_NAMESPACE", "NAMESPACE_NAME"}) {
      String namespace = variable(name);
      if (!namespace.isEmpty()) {
        return namespace;
      }
    }
    for (String line :
        surroundings.lines("var/run/secrets/kubernetes.io/serviceaccount/namespace")) {
      return line.trim();
    }
    return "";
  }

  /** From the path of the control group, or of a volume that the kubelet mounts; else empty. */
  private String podUid() {
    for (String file : new String[] {"proc/self/cgroup", "proc/self/mountinfo"}) {
      for (String line : surroundings.lines(file)) {
        for (int at = line.indexOf("pod"); at >= 0; at = line.indexOf("pod", at + 1)) {
          int start = at + (line.startsWith("pods/", at) ? "pods/" : "pod").length();
          if (start + UID_LENGTH <= line.length()) {
            String uid = line.substring(start, start + UID_LENGTH).replace('_', '-');
            if (isUid(uid)) {
              return uid;
            }
          }
        }
      }
    }
    return "";
  }

  private static boolean isUid(String text) {
    for (int i = 0; i < UID_LENGTH; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String containerId() {
    for (String line : surroundings.lines("proc/self/cgroup")) {
      String id = idIn(line);
      if (id != null) {
        return id;
      }
    }
    for (String line : surroundings.lines("proc/self/mountinfo")) {
      // Docker and Podman keep the container's own files there; the "sandboxes" of containerd, and
      // the host name of CRI-O, are of the pod.
      int at = line.indexOf("containers/");
      boolean ofPod = inKubernetes() && line.contains("overlay-containers/");
      if (at >= 0 && line.contains(ofPod ? " /run/.containerenv " : " /etc/hostname ")) {
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
