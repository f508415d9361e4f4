package io.otlpagent.agent.config.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places that settings come from, the strongest first. A name that is of one signal alone beats
 * one that is of all of them, whichever place it stands in; only what the agent's arguments say is
 * stronger. Used by one thread.
 */
public final class ConfigSources {

  private final List<ConfigSource> sources;

  public ConfigSources(List<ConfigSource> sources) {
    this.sources = sources;
  }

  List<ConfigSource> list() {
    return sources;
  }

  /** Whether any source sets it, with a usable value or not. */
  boolean isSet(ConfigKey<?> key) {
    return find(key) != null;
  }

  /** The value as it is written; null if it is not set. */
  @Nullable String raw(ConfigKey<?> key) {
    ConfigSource source = find(key);
    String name = source == null ? null : name(source, key);
    return source == null || name == null ? null : source.value(name);
  }

  /** The name in normal form under which it is set; null if it is not. */
  @Nullable String nameInUse(ConfigKey<?> key) {
    ConfigSource source = find(key);
    return source == null ? null : name(source, key);
  }

  /** How a warning names the source of a value; {@code default} if it is not set. */
  public String origin(ConfigKey<?> key) {
    ConfigSource source = find(key);
    String name = source == null ? null : name(source, key);
    return source == null || name == null ? ConfigSetting.DEFAULT : source.origin(name);
  }

  /** Whether a stronger source sets the first key than sets the other. */
  boolean stronger(ConfigKey<?> key, ConfigKey<?> other) {
    for (ConfigSource source : sources) {
      if (name(source, key) != null || name(source, other) != null) {
        return name(source, other) == null;
      }
    }
    return false;
  }

  private @Nullable ConfigSource find(ConfigKey<?> key) {
    // The name that is of one signal, if there is any, is the first.
    boolean ofSignal = ConfigKey.ofSignal(key.lookupNames()[0]);
    ConfigSource general = null;
    for (ConfigSource source : sources) {
      String name = name(source, key);
      if (name != null) {
        if (!ofSignal || source.isAgentArguments() || ConfigKey.ofSignal(name)) {
          return source;
        }
        general = general == null ? source : general;
      }
    }
    return general;
  }

  /** The strongest of the names under which a source sets it; null if it does not. */
  private static @Nullable String name(ConfigSource source, ConfigKey<?> key) {
    if (!source.isEmpty()) {
      for (String name : key.lookupNames()) {
        if (source.value(name) != null) {
          return name;
        }
      }
    }
    return null;
  }
}
