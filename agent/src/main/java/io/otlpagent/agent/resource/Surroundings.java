package io.otlpagent.agent.resource;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a process can see of itself: environment, system properties and files. */
final class Surroundings {

  private static final int MAX_LINES = 2000;

  private final Function<String, @Nullable String> environment;
  private final Function<String, @Nullable String> properties;
  private final File root;

  /**
   * @param root of the file system
   */
  Surroundings(
      Function<String, @Nullable String> environment,
      Function<String, @Nullable String> properties,
      File root) {
    this.environment = environment;
    this.properties = properties;
    this.root = root;
  }

  static Surroundings ofThisProcess() {
    return new Surroundings(System::getenv, System::getProperty, new File("/"));
  }

  /** An environment variable; empty if it is absent. */
  String environment(String name) {
    String value = environment.apply(name);
    return value == null ? "" : value.trim();
  }

  /** A system property; empty if it is absent. */
  String property(String name) {
    String value = properties.apply(name);
    return value == null ? "" : value.trim();
  }

  boolean exists(String path) {
    return new File(root, path).exists();
  }

  /** The target of a symbolic link, or the path itself. */
  File canonical(String path) throws IOException {
    return new File(root, path).getCanonicalFile();
  }

  /** The lines of a small file; none if it cannot be read. */
  List<String> lines(String path) {
    List<String> lines = new ArrayList<>();
    File file = new File(root, path);
    if (!file.isFile()) {
      return lines;
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null && lines.size() < MAX_LINES) {
        lines.add(line);
      }
    } catch (IOException e) {
      // Not for us to see, as in a hardened container: the attribute will be absent.
      lines.clear();
    }
    return lines;
  }
}
