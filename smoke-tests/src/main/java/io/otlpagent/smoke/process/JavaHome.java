package io.otlpagent.smoke.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A JDK on this machine.
 *
 * @param feature the feature release: 8, 11, 17, ...
 */
public record JavaHome(Path path, int feature) {

  private static final Path SYSTEM_FOLDER = Path.of("/usr/lib/jvm");
  private static final String UNPACKED = "jdk-";

  /** The JDK that runs this. */
  public static JavaHome running() {
    return new JavaHome(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /**
   * One JDK of each feature release, the oldest first: the running one, those that {@code
   * JAVA<n>_HOME} or {@code JAVA_HOME_<n>_X64} name, those in the system's folder, and those that
   * {@code .ci/install-jdks.sh} has unpacked, which have no compiler.
   */
  public static List<JavaHome> all() {
    Map<Integer, JavaHome> found = new TreeMap<>();
    JavaHome running = running();
    found.put(running.feature(), running);
    for (Path path : candidates()) {
      int feature = feature(path);
      if (feature > 0) {
        found.putIfAbsent(feature, new JavaHome(path, feature));
      }
    }
    for (Path path : unpacked()) {
      int feature = Integer.parseInt(path.getFileName().toString().substring(UNPACKED.length()));
      found.putIfAbsent(feature, new JavaHome(path, feature));
    }
    return List.copyOf(found.values());
  }

  public Path java() {
    return tool("java");
  }

  public Path tool(String name) {
    return path.resolve("bin").resolve(name);
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }

  private static List<Path> candidates() {
    List<Path> paths = new ArrayList<>();
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (variable.getKey().toUpperCase(Locale.ROOT).matches("JAVA_?\\d+_HOME|JAVA_HOME_\\d+.*")) {
        paths.add(Path.of(variable.getValue()));
      }
    }
    paths.addAll(list(SYSTEM_FOLDER, "*"));
    return paths;
  }

  private static List<Path> unpacked() {
    String tools = System.getenv("OTLP_AGENT_TOOLS");
    String folder = tools == null ? System.getProperty("tools.folder", "target/tools") : tools;
    return list(Path.of(folder, "jdks").toAbsolutePath(), UNPACKED + "[0-9]*").stream()
        .filter(path -> Files.isExecutable(path.resolve("bin/java")))
        .toList();
  }

  /** Nothing if there is no such folder. */
  private static List<Path> list(Path folder, String pattern) {
    List<Path> paths = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, pattern)) {
        stream.forEach(paths::add);
      } catch (IOException e) {
        throw new IllegalStateException("cannot list " + folder, e);
      }
    }
    return paths;
  }

  /** 0 if there is no JDK. */
  private static int feature(Path path) {
    Path release = path.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(path.resolve("bin/javac"))) {
      return 0;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(release)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + release, e);
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    String[] parts = version.split("[.+_-]", -1);
    boolean old = parts.length > 1 && parts[0].equals("1");
    String feature = old ? parts[1] : parts[0];
    return feature.isEmpty() ? 0 : Integer.parseInt(feature);
  }
}
