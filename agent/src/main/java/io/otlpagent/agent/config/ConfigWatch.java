package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigFileException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that {@code config.yaml} has become another file, or has another content, and reads it
 * again. It looks at the file behind all symbolic links, because Kubernetes changes a mounted
 * ConfigMap by turning one over. Owned by the exporter thread.
 */
public final class ConfigWatch {

  /** A file that is younger may still be being written: an empty half of it must not count. */
  private static final long SETTLING_MILLIS = 200;

  private final String file;
  private final Map<String, String> environment;
  private AgentConfig running;
  private String seen;
  private @Nullable String text;
  private @Nullable String unreadable;

  /**
   * @param running what was made of the file at start
   * @param environment for the variables that the file may name
   */
  public ConfigWatch(AgentConfig running, Map<String, String> environment) {
    this.file = running.file();
    this.environment = environment;
    this.running = running;
    // Not what is there now: the file may have changed since it was read.
    this.seen = "";
    this.text = running.fileText();
  }

  /** Whether there is a file to look at. */
  public boolean enabled() {
    return !file.isEmpty() && running.reloadNanos() > 0;
  }

  /** Looks at the file; null if there is nothing new. */
  public @Nullable ConfigReload poll() {
    String now;
    String read;
    try {
      now = identity();
      if (now == null || now.equals(seen)) {
        return null;
      }
      read = ConfigFile.text(file);
      if (!now.equals(identity())) {
        return null;
      }
    } catch (ConfigFileException e) {
      return unreadable(e.getMessage());
    } catch (IOException e) {
      // In the middle of being replaced, or taken away: the next look will tell.
      return Files.exists(Paths.get(file)) ? unreadable(e.getMessage()) : null;
    }
    seen = now;
    unreadable = null;
    if (read.equals(text)) {
      return null;
    }
    text = read;
    return reload(read);
  }

  /** Once for each reason; we keep looking, for rights may change and leave no trace. */
  private @Nullable ConfigReload unreadable(@Nullable String problem) {
    String why =
        "config file " + file + " cannot be read, the settings stay as they were: " + problem;
    if (why.equals(unreadable)) {
      return null;
    }
    unreadable = why;
    return ConfigReload.failed(running, why);
  }

  private ConfigReload reload(String read) {
    AgentConfig next;
    try {
      next = AgentConfigLoader.reload(running, read, environment);
    } catch (ConfigFileException e) {
      return failed(e.getMessage());
    }
    if (!next.fileErrors().isEmpty()) {
      StringBuilder all = new StringBuilder();
      for (String error : next.fileErrors()) {
        all.append(all.length() == 0 ? "" : "; ").append(error);
      }
      return failed(all.toString());
    }
    ConfigReload reload = ConfigReload.of(running, next);
    running = next;
    return reload;
  }

  private ConfigReload failed(@Nullable String problem) {
    return ConfigReload.failed(
        running,
        "config file "
            + file
            + " has changed and cannot be applied, the settings stay as they were: "
            + problem);
  }

  /**
   * What is different if the file is; null while there is none, or it is not settled.
   *
   * @throws IOException if something is there that we may not look at
   */
  private @Nullable String identity() throws IOException {
    try {
      Path real = Paths.get(file).toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      long age = System.currentTimeMillis() - attributes.lastModifiedTime().toMillis();
      if (age >= 0 && age < SETTLING_MILLIS) {
        return null;
      }
      return real
          + "|"
          + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)
          + "|"
          + attributes.size()
          + "|"
          + attributes.fileKey();
    } catch (AccessDeniedException e) {
      throw new ConfigFileException("permission denied");
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
