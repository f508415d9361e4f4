package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSetting;
import io.otlpagent.agent.config.value.ConfigSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a file that was read again: new settings, or why the old ones stay. Immutable. */
public final class ConfigReload {

  private final AgentConfig config;
  private final @Nullable String failure;
  private final List<ConfigChange> changes;
  private final boolean changesSampling;
  private final List<String> overridden;
  private final List<String> warnings;

  private ConfigReload(
      AgentConfig config,
      @Nullable String failure,
      List<ConfigChange> changes,
      boolean changesSampling,
      List<String> overridden,
      List<String> warnings) {
    this.config = config;
    this.failure = failure;
    this.changes = Collections.unmodifiableList(changes);
    this.changesSampling = changesSampling;
    this.overridden = Collections.unmodifiableList(overridden);
    this.warnings = Collections.unmodifiableList(warnings);
  }

  static ConfigReload failed(AgentConfig running, String failure) {
    return new ConfigReload(
        running,
        failure,
        Collections.emptyList(),
        false,
        Collections.emptyList(),
        Collections.emptyList());
  }

  static ConfigReload of(AgentConfig before, AgentConfig after) {
    List<String> warnings = new ArrayList<>(after.warnings());
    warnings.removeAll(before.warnings());
    List<ConfigChange> changes = changes(before, after);
    boolean changesSampling = before.tracesExported() != after.tracesExported();
    for (ConfigChange change : changes) {
      changesSampling |= change.path().startsWith("sampling.");
    }
    return new ConfigReload(
        after, null, changes, changesSampling, overridden(before, after), warnings);
  }

  private static List<ConfigChange> changes(AgentConfig before, AgentConfig after) {
    Map<String, ConfigSetting> old = before.settings();
    List<ConfigChange> changes = new ArrayList<>();
    for (ConfigSetting setting : after.settings().values()) {
      ConfigSetting was = old.remove(setting.path());
      if (was == null) {
        was = new ConfigSetting(setting.path(), "", ConfigSetting.DEFAULT, "");
      }
      if (!was.sameAs(setting)) {
        changes.add(new ConfigChange(was, setting, after.live(setting.path())));
      }
    }
    // Switches of single libraries exist only where somebody writes them.
    for (ConfigSetting gone : old.values()) {
      changes.add(
          new ConfigChange(
              gone,
              new ConfigSetting(gone.path(), "", ConfigSetting.DEFAULT, "(unset)"),
              after.live(gone.path())));
    }
    return changes;
  }

  /** What the file changes in vain, because something stronger says otherwise. */
  private static List<String> overridden(AgentConfig before, AgentConfig after) {
    List<String> overridden = new ArrayList<>();
    for (ConfigKey<?> key : AllKeys.all()) {
      String written = after.inFile(key);
      ConfigSetting setting = after.settings().get(key.path());
      if (written != null
          && !written.equals(before.inFile(key))
          && setting != null
          && !setting.origin().startsWith(ConfigSource.FILE)) {
        overridden.add(key.path() + " (" + setting.origin() + ")");
      }
    }
    return overridden;
  }

  /** The settings that are in force from now on: the old ones after a failure. */
  public AgentConfig config() {
    return config;
  }

  /** What is wrong with the file and what to change; null if it is in force. */
  public @Nullable String failure() {
    return failure;
  }

  public List<ConfigChange> changes() {
    return changes;
  }

  /** Whether the decision on traces may be another one. */
  public boolean changesSampling() {
    return changesSampling;
  }

  /** Keys that the file changes in vain, with what is stronger. */
  public List<String> overridden() {
    return overridden;
  }

  /** What the new file deserves, and the old one did not. */
  public List<String> warnings() {
    return warnings;
  }
}
