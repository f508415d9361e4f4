package io.otlpagent.agent.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceDetectorTest {

  private static final String ID = "0123456789abcdef".repeat(4);
  private static final String OTHER_ID = "fedcba9876543210".repeat(4);

  private Set<ResourceGroup> wanted = EnumSet.allOf(ResourceGroup.class);
  @TempDir private Path root;

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  @Test
  void aNamelessServiceIsUnknown() {
    assertThat(detect().get("service.name")).isEqualTo("unknown_service:java");
    assertThat(detect().get("service.version")).isNull();
  }

  @Test
  void theOperatorsNameWins() {
    properties.put("spring.application.name", "spring");
    Resource configured = Resource.of(Map.of("service.name", "own", "team", "a"));

    Resource resource = detector().detect(configured);

    assertThat(resource.get("service.name")).isEqualTo("own");
    assertThat(resource.get("team")).isEqualTo("a");
  }

  @Test
  void theVersionIsFoundAlsoForANamedService() throws IOException {
    jar("shop-1.2.jar", "Shop Service", "1.2.3", null);

    Resource named = detector().detect(Resource.of(Map.of("service.name", "own")));
    Resource both =
        detector().detect(Resource.of(Map.of("service.name", "own", "service.version", "9")));

    assertThat(named.get("service.name")).isEqualTo("own");
    assertThat(named.get("service.version")).isEqualTo("1.2.3");
    assertThat(both.get("service.version")).isEqualTo("9");
  }

  @Test
  void theServiceIsNamedAsInSpring() throws IOException {
    environment.put("SPRING_APPLICATION_NAME", "from-environment");
    assertThat(detect().get("service.name")).isEqualTo("from-environment");

    properties.put("sun.java.command", "app.jar --spring.application.name=from-argument -x");
    assertThat(detect().get("service.name")).isEqualTo("from-argument");

    properties.put("spring.application.name", "from-property");
    assertThat(detect().get("service.name")).isEqualTo("from-property");
  }

  @Test
  void theServiceIsNamedAfterTheManifest() throws IOException {
    jar("shop-1.2.jar", "Shop Service", "1.2.3", null);

    assertThat(detect().get("service.name")).isEqualTo("Shop Service");
    assertThat(detect().get("service.version")).isEqualTo("1.2.3");
  }

  @Test
  void theServiceIsNamedAsInTheJarsSpringProperties() throws IOException {
    jar("shop-1.2.jar", "Shop Service", null, "spring.application.name=shop\n");

    assertThat(detect().get("service.name")).isEqualTo("shop");
    assertThat(detect().get("service.version")).isEqualTo("1.2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring:\n  application:\n    name: shop\n",
        "# all\nserver:\n  port: 1\nspring:\n    datasource: {}\n    application:\n"
            + "        name: 'shop' # the name\n",
        "spring.application.name: \"shop\"",
        "spring:\n  application.name: shop # so",
        "other:\n  application:\n    name: no\nspring:\n  jpa:\n    name: no\n  application:\n"
            + "    admin: {}\n    name: shop\n",
      })
  void theServiceIsNamedAsInTheJarsSpringYaml(String yaml) throws IOException {
    jar("x.jar", null, null, "BOOT-INF/classes/application.yml", yaml);

    assertThat(detect().get("service.name")).isEqualTo("shop");
  }

  @Test
  void yamlWithoutANameOrWithAPlaceholderIsNone() throws IOException {
    jar("x.jar", null, null, "application.yaml", "spring:\n  application:\n    name: ${X}\n");

    assertThat(detect().get("service.name")).isEqualTo("x");
  }

  @Test
  void aPlaceholderIsNoName() throws IOException {
    jar("shop.jar", null, null, "spring.application.name=${NAME:x}\n");

    assertThat(detect().get("service.name")).isEqualTo("shop");
  }

  @ParameterizedTest
  @CsvSource({
    "petclinic-3.4.0-SNAPSHOT.jar, petclinic, 3.4.0-SNAPSHOT",
    "my-shop.jar, my-shop, ",
    "2048.jar, 2048, ",
  })
  void theServiceIsNamedAfterTheJar(String jar, String name, @Nullable String version)
      throws IOException {
    properties.put("java.class.path", root.resolve(jar).toString());

    assertThat(detect().get("service.name")).isEqualTo(name);
    assertThat(detect().get("service.version")).isEqualTo(version);
  }

  @Test
  void aClassPathOfSeveralJarsIsNoName() {
    properties.put("java.class.path", "a.jar" + java.io.File.pathSeparator + "b.jar");

    assertThat(detect().get("service.name")).isEqualTo("unknown_service:java");
  }

  @Test
  void aTomcatOfItsOwnIsNamedAfterItsApplication() throws IOException {
    properties.put("catalina.base", root.resolve("tomcat").toString());
    assertThat(detect().get("service.name")).isEqualTo("unknown_service:java");
    for (String other : List.of("docs", "examples", "host-manager", "manager")) {
      file("tomcat/webapps/" + other + "/WEB-INF/web.xml", "<display-name>x</display-name>");
    }
    file("tomcat/webapps/README.txt", "");
    assertThat(detect().get("service.name")).isEqualTo("unknown_service:java");

    war("tomcat/webapps/shop##42.war", null);
    assertThat(detect().get("service.name")).isEqualTo("shop");
    war("tomcat/webapps/shop##42.war", "<web-app><display-name>The Shop</display-name></web-app>");
    assertThat(detect().get("service.name")).isEqualTo("The Shop");
    file("tomcat/webapps/shop##42/WEB-INF/web.xml", "<display-name>Unpacked</display-name>");
    assertThat(detect().get("service.name")).isEqualTo("Unpacked");
    file("tomcat/webapps/ROOT/index.html", "");
    assertThat(detect().get("service.name")).isEqualTo("unknown_service:java");
  }

  @Test
  void theRootOfATomcatHasNoNameButItsDescriptors() throws IOException {
    properties.put("catalina.base", root.toString());
    file("webapps/ROOT/WEB-INF/web.xml", "<web-app/>");
    assertThat(detect().get("service.name")).isEqualTo("unknown_service:java");

    file("webapps/ROOT/WEB-INF/web.xml", "<display-name xml:lang='en'> A &amp; B\n</display-name>");
    assertThat(detect().get("service.name")).isEqualTo("A & B");
    wanted = EnumSet.complementOf(EnumSet.of(ResourceGroup.WEB_APPLICATION));
    assertThat(detect().get("service.name")).isEqualTo("unknown_service:java");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<display-name",
        "<display-name>",
        "<display-name></display-name>",
        "<display-name>${project.name}</display-name>",
        "<display-name><![CDATA[x]]></display-name>",
        "<!-- <display-name>x</display-name> -->",
        "<!-- <display-name>x</display-name>",
        "<servlet><display-name>x</display-name></servlet>",
        "<filter>\n<display-name>x</display-name></filter>",
      })
  void aDescriptorMayHaveNoName(String descriptor) {
    assertThat(WebApplication.displayName(descriptor)).isEmpty();
  }

  @Test
  void aWebArchiveThatIsRunNamesTheService() throws IOException {
    jar("shop-1.2.war", null, null, null);

    assertThat(detect().get("service.name")).isEqualTo("shop");
    assertThat(detect().get("service.version")).isEqualTo("1.2");
  }

  @Test
  void theAgentIsDescribed() {
    assertThat(detect().attributes())
        .containsEntry("telemetry.sdk.name", "otlp-agent")
        .containsEntry("telemetry.sdk.language", "java")
        .containsEntry("telemetry.sdk.version", "1.2.3")
        .containsEntry("telemetry.distro.name", "otlp-agent")
        .containsEntry("telemetry.distro.version", "1.2.3");
  }

  @Test
  void theExecutableIsWhatTheKernelHasLoaded() throws IOException {
    file("opt/jdk/bin/java", "");
    file("proc/self/x", "");
    Files.createSymbolicLink(root.resolve("proc/self/exe"), root.resolve("opt/jdk/bin/java"));

    assertThat(detect().get("process.executable.path"))
        .isEqualTo(root.resolve("opt/jdk/bin/java").toRealPath().toString());
  }

  @Test
  void hostAndProcessAreDescribed() throws IOException {
    file("proc/sys/kernel/hostname", "web-1\n");
    properties.put("os.name", "Linux");
    properties.put("os.version", "6.1");
    properties.put("os.arch", "aarch64");
    properties.put("java.runtime.version", "17.0.1+12");

    assertThat(detect().attributes())
        .containsEntry("host.name", "web-1")
        .containsEntry("host.arch", "arm64")
        .containsEntry("os.type", "linux")
        .containsEntry("os.description", "Linux 6.1")
        .containsEntry("os.version", "6.1")
        .containsEntry(
            "process.executable.path", ProcessHandle.current().info().command().orElseThrow())
        .containsEntry("process.pid", ProcessHandle.current().pid())
        .containsEntry("process.runtime.version", "17.0.1+12")
        .doesNotContainKeys("process.command_line", "process.command_args");
  }

  @Test
  void theHostNameOfTheEnvironmentIsSecond() {
    environment.put("COMPUTERNAME", "PC");

    assertThat(detect().get("host.name")).isEqualTo("PC");
  }

  @Test
  void eachProcessHasAnIdOfItsOwn() {
    assertThat(detect().get("service.instance.id"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        .isNotEqualTo(detect().get("service.instance.id"));
  }

  @Test
  void whatIsNotWantedIsLeftOut() throws IOException {
    file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    jar("shop-1.2.jar", "Shop Service", "1.2.3", "spring.application.name=shop\n");
    file("proc/sys/kernel/hostname", "web-1\n");
    properties.put("os.arch", "amd64");
    properties.put("os.name", "Linux");
    properties.put("os.version", "6.1");
    properties.put("java.runtime.name", "OpenJDK");
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    environment.put("POD_NAME", "shop-0");
    Map<ResourceGroup, List<String>> keys = new EnumMap<>(ResourceGroup.class);
    keys.put(
        ResourceGroup.DISTRIBUTION, List.of("telemetry.distro.name", "telemetry.distro.version"));
    keys.put(ResourceGroup.HOST, List.of("host.name", "host.arch"));
    keys.put(ResourceGroup.HOST_ID, List.of("host.id"));
    keys.put(ResourceGroup.OS, List.of("os.type", "os.description", "os.version"));
    keys.put(ResourceGroup.PROCESS, List.of("process.pid", "process.executable.path"));
    keys.put(ResourceGroup.PROCESS_RUNTIME, List.of("process.runtime.name"));
    keys.put(ResourceGroup.KUBERNETES, List.of("k8s.pod.name"));
    keys.put(ResourceGroup.INSTANCE_ID, List.of("service.instance.id"));
    assertThat(detect().attributes()).containsKeys("host.name", "process.pid", "k8s.pod.name");

    keys.forEach(
        (group, names) -> {
          wanted = EnumSet.complementOf(EnumSet.of(group));
          assertThat(detect().attributes())
              .doesNotContainKeys(names.toArray(new String[0]))
              .containsKeys("service.name", "telemetry.sdk.name");
          wanted = EnumSet.of(group);
          assertThat(detect().attributes())
              .containsKeys(names.toArray(new String[0]))
              .containsEntry("service.name", "unknown_service:java");
        });
    wanted = EnumSet.noneOf(ResourceGroup.class);
    assertThat(detect().attributes())
        .containsOnlyKeys(
            "service.name",
            "telemetry.sdk.name",
            "telemetry.sdk.language",
            "telemetry.sdk.version");
  }

  @Test
  void containersStayUnknownIfThatIsWantedAndHaveNoHostId() throws IOException {
    file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    file("proc/self/cgroup", "0::/docker/" + ID + "\n");
    wanted = EnumSet.complementOf(EnumSet.of(ResourceGroup.CONTAINER));

    assertThat(detect().attributes()).doesNotContainKeys("container.id", "host.id");
  }

  @Test
  void nameAndVersionComeFromWhatIsWanted() throws IOException {
    jar("shop-1.2.jar", "Shop Service", "1.2.3", "spring.application.name=shop\n");

    assertNamed("shop", "", ResourceGroup.SPRING_NAME);
    assertNamed("unknown_service:java", "1.2.3", ResourceGroup.SPRING_VERSION);
    assertNamed("Shop Service", "1.2.3", ResourceGroup.MANIFEST);
    assertNamed("shop", "1.2", ResourceGroup.JAR_NAME);
  }

  private void assertNamed(String name, String version, ResourceGroup only) {
    wanted = EnumSet.of(only);
    Resource resource = detect();
    assertThat(resource.get("service.name")).isEqualTo(name);
    assertThat(resource.get("service.version")).isEqualTo(version.isEmpty() ? null : version);
  }

  private Resource detect() {
    return detector().detect(Resource.EMPTY);
  }

  private ResourceDetector detector() {
    return new ResourceDetector(
        "1.2.3", wanted, new Surroundings(environment::get, properties::get, root.toFile()));
  }

  private void file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void war(String path, @Nullable String descriptor) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(descriptor == null ? "index.html" : "WEB-INF/web.xml"));
      zip.write((descriptor == null ? "" : descriptor).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void jar(
      String name, @Nullable String title, @Nullable String version, @Nullable String spring)
      throws IOException {
    jar(name, title, version, "BOOT-INF/classes/application.properties", spring);
  }

  private void jar(
      String name,
      @Nullable String title,
      @Nullable String version,
      String entry,
      @Nullable String spring)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (title != null) {
      attributes.put(Attributes.Name.IMPLEMENTATION_TITLE, title);
    }
    if (version != null) {
      attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    }
    Path file = root.resolve(name);
    properties.put("java.class.path", file.toString());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      if (spring != null) {
        jar.putNextEntry(new ZipEntry(entry));
        jar.write(spring.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }
}
