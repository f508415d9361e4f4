package io.otlpagent.agent.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resource of a JVM in a container or a pod. */
class ContainerResourceTest {

  private static final String ID = "0123456789abcdef".repeat(4);
  private static final String OTHER_ID = "fedcba9876543210".repeat(4);

  @TempDir private Path root;

  private final Map<String, String> environment = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    "0::/docker/ID",
    "0::/docker/OTHER/docker/ID",
    "12:cpu:/kubepods/burstable/pod3c7f7a2b-1111-2222-3333-444444444444/ID",
    "1:name=systemd:/kubepods.slice/kubepods-pod1.slice/cri-containerd-ID.scope",
    "0::/machine.slice/libpod-ID.scope/container",
  })
  void theContainerIsFoundInItsControlGroup(String line) throws IOException {
    file("proc/self/cgroup", line.replace("ID", ID).replace("OTHER", OTHER_ID) + "\n");

    assertThat(detect().get("container.id")).isEqualTo(ID);
  }

  @Test
  void theContainerIsFoundInItsMounts() throws IOException {
    file("proc/self/cgroup", "0::/\n");
    file(
        "proc/self/mountinfo",
        "600 599 0:46 / / rw - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/X\n"
            + "610 600 259:1 /io.containerd.grpc.v1.cri/sandboxes/"
            + OTHER_ID
            + "/hostname /etc/hostname rw - ext4 /dev/root rw\n"
            + "611 600 259:1 /var/lib/docker/containers/"
            + ID
            + "/hostname /etc/hostname rw - ext4 /dev/root rw\n");

    assertThat(detect().get("container.id")).isEqualTo(ID);
  }

  @Test
  void outsideOfContainersThereIsNoId() throws IOException {
    file("proc/self/cgroup", "0::/user.slice/user-1000.slice/session-2.scope\n");

    assertThat(detect().get("container.id")).isNull();
  }

  @Test
  void thePodIsDescribed() throws IOException {
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    environment.put("POD_NAME", "shop-5d4f");
    environment.put("NODE_NAME", "node-1");
    environment.put("CONTAINER_NAME", "shop");
    file("var/run/secrets/kubernetes.io/serviceaccount/namespace", "prod");

    assertThat(detect().attributes())
        .containsEntry("k8s.pod.name", "shop-5d4f")
        .containsEntry("k8s.node.name", "node-1")
        .containsEntry("k8s.container.name", "shop")
        .containsEntry("k8s.namespace.name", "prod")
        .containsEntry("service.instance.id", "prod.shop-5d4f.shop")
        .doesNotContainKey("k8s.pod.uid");
  }

  @Test
  void theHostNameOfCriOIsThatOfThePod() throws IOException {
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    file("proc/self/cgroup", "0::/\n");
    String mounts =
        "611 600 259:1 /containers/storage/overlay-containers/"
            + OTHER_ID
            + "/userdata/hostname /etc/hostname rw - tmpfs tmpfs rw\n";
    file("proc/self/mountinfo", mounts);
    assertThat(detect().get("container.id")).isNull();

    file(
        "proc/self/mountinfo",
        mounts
            + "612 600 259:1 /containers/storage/overlay-containers/"
            + ID
            + "/userdata/.containerenv /run/.containerenv rw - tmpfs tmpfs rw\n");
    assertThat(detect().get("container.id")).isEqualTo(ID);
  }

  @Test
  void podmanIsFoundInItsMounts() throws IOException {
    file("proc/self/cgroup", "0::/\n");
    file(
        "proc/self/mountinfo",
        "611 600 0:25 /containers/storage/overlay-containers/"
            + ID
            + "/userdata/hostname /etc/hostname rw - tmpfs tmpfs rw\n");

    assertThat(detect().get("container.id")).isEqualTo(ID);
  }

  @ParameterizedTest
  @CsvSource({
    "proc/self/cgroup, 0::/kubepods/burstable/pod3c7f7a2b-1111-2222-3333-444444444444/ID",
    "proc/self/cgroup, 1:cpu:/kubepods.slice/kubepods-pod3c7f7a2b_1111_2222_3333_444444444444.slice",
    "proc/self/mountinfo, 9 8 8:1 /pods/3c7f7a2b-1111-2222-3333-444444444444/etc-hosts /etc/hosts",
  })
  void theIdOfThePodIsFoundInPaths(String file, String line) throws IOException {
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    environment.put("HOSTNAME", "shop-5d4f");
    file(file, line + "\n");

    assertThat(detect().attributes())
        .containsEntry("k8s.pod.uid", "3c7f7a2b-1111-2222-3333-444444444444")
        .containsEntry("k8s.pod.name", "shop-5d4f");
  }

  @Test
  void namesOfOpenTelemetrysOperatorAreUnderstood() {
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    environment.put("OTEL_RESOURCE_ATTRIBUTES_POD_NAME", "shop-1");
    environment.put("OTEL_RESOURCE_ATTRIBUTES_NODE_NAME", "node-1");
    environment.put("K8S_NAMESPACE_NAME", "prod");
    environment.put("K8S_POD_UID", "u-1");

    assertThat(detect().attributes())
        .containsEntry("k8s.pod.name", "shop-1")
        .containsEntry("k8s.node.name", "node-1")
        .containsEntry("k8s.namespace.name", "prod")
        .containsEntry("k8s.pod.uid", "u-1");
  }

  @Test
  void theHostHasTheIdOfItsInstallationButNoContainerDoes() throws IOException {
    file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    assertThat(detect().get("host.id")).isEqualTo("0123456789abcdef0123456789abcdef");

    file("proc/self/cgroup", "0::/docker/" + ID + "\n");
    assertThat(detect().get("host.id")).isNull();
  }

  @Test
  void outsideOfKubernetesItsNamesMeanNothing() {
    environment.put("NODE_NAME", "jenkins-agent");

    assertThat(detect().get("k8s.node.name")).isNull();
  }

  private Resource detect() {
    Surroundings surroundings = new Surroundings(environment::get, name -> null, root.toFile());
    return new ResourceDetector("1.2.3", EnumSet.allOf(ResourceGroup.class), surroundings)
        .detect(Resource.EMPTY);
  }

  private void file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
