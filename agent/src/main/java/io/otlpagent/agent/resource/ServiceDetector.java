package io.otlpagent.agent.resource;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Names a service whose operator did not: as Spring does, else as the manifest of the application's
 * jar does, else after the jar, else as a web application does that has a Tomcat for itself.
 */
final class ServiceDetector {

  private final Surroundings surroundings;
  private final Set<ResourceGroup> wanted;

  // Of the application's jar, if there is one.
  private String title = "";
  private String version = "";
  private String springName = "";

  /**
   * @param wanted where names and versions may come from
   */
  ServiceDetector(Surroundings surroundings, Set<ResourceGroup> wanted) {
    this.surroundings = surroundings;
    this.wanted = wanted;
  }

  void detect(Map<String, Object> found) {
    File jar = applicationJar();
    if (jar != null) {
      read(jar);
    }
    found.put(
        "service.name",
        first(
            wanted.contains(ResourceGroup.SPRING_NAME) ? springName() : "",
            wanted.contains(ResourceGroup.MANIFEST) ? title : "",
            jar != null && wanted.contains(ResourceGroup.JAR_NAME) ? nameOf(jar) : "",
            wanted.contains(ResourceGroup.WEB_APPLICATION) ? webApplication() : "",
            "unknown_service:java"));
    boolean built =
        wanted.contains(ResourceGroup.MANIFEST) || wanted.contains(ResourceGroup.SPRING_VERSION);
    found.put(
        "service.version",
        first(
            built ? version : "",
            jar != null && wanted.contains(ResourceGroup.JAR_NAME) ? versionOf(jar) : ""));
  }

  private String springName() {
    return first(
        surroundings.property(SpringName.KEY),
        argument(),
        surroundings.environment("SPRING_APPLICATION_NAME"),
        springName);
  }

  private String webApplication() {
    String base = surroundings.property("catalina.base");
    return base.isEmpty() ? "" : WebApplication.in(new File(base));
  }

  private static String first(String... candidates) {
    for (String candidate : candidates) {
      if (!candidate.isEmpty()) {
        return candidate;
      }
    }
    return "";
  }

  /**
   * The one jar of the class path, or the web archive that can be run like one, as it is with
   * {@code java -jar}; null if there are several.
   */
  private @Nullable File applicationJar() {
    String path = surroundings.property("java.class.path");
    boolean archive = path.endsWith(".jar") || path.endsWith(".war");
    if (!archive || path.indexOf(File.pathSeparatorChar) >= 0) {
      return null;
    }
    return new File(path);
  }

  private String argument() {
    String prefix = "--" + SpringName.KEY + "=";
    for (String argument : surroundings.property("sun.java.command").split(" ", -1)) {
      if (argument.startsWith(prefix)) {
        return argument.substring(prefix.length());
      }
    }
    return "";
  }

  private void read(File file) {
    try (JarFile jar = new JarFile(file, false)) {
      Manifest manifest = jar.getManifest();
      if (manifest != null) {
        title = text(manifest, Attributes.Name.IMPLEMENTATION_TITLE);
        version = text(manifest, Attributes.Name.IMPLEMENTATION_VERSION);
      }
      springName = SpringName.in(jar);
    } catch (IOException | IllegalArgumentException e) {
      // The name of the file is still good; IllegalArgumentException: a bad escape in a property.
      springName = "";
    }
  }

  private static String text(Manifest manifest, Attributes.Name name) {
    String value = manifest.getMainAttributes().getValue(name);
    return value == null ? "" : value.trim();
  }

  /** {@code shop} of {@code /opt/shop-1.2.0.jar}: a name that changes with each release is none. */
  private static String nameOf(File jar) {
    String base = baseOf(jar);
    int at = versionIndex(base);
    return at > 0 ? base.substring(0, at) : base;
  }

  private static String versionOf(File jar) {
    String base = baseOf(jar);
    int at = versionIndex(base);
    return at > 0 ? base.substring(at + 1) : "";
  }

  private static String baseOf(File jar) {
    return jar.getName().substring(0, jar.getName().length() - ".jar".length());
  }

  /** Where a hyphen is followed by a digit; -1 if nowhere. */
  private static int versionIndex(String base) {
    for (int i = 0; i < base.length() - 1; i++) {
      if (base.charAt(i) == '-' && Character.isDigit(base.charAt(i + 1))) {
        return i;
      }
    }
    return -1;
  }
}
