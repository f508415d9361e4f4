package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigSetting;

/** One setting whose value is another since the file was read again. Immutable. */
public final class ConfigChange {

  private final ConfigSetting before;
  private final ConfigSetting after;
  private final boolean live;

  ConfigChange(ConfigSetting before, ConfigSetting after, boolean live) {
    this.before = before;
    this.after = after;
    this.live = live;
  }

  /** Where it stands in {@code config.yaml}. */
  public String path() {
    return after.path();
  }

  /** Whether the agent takes it over while the application runs. */
  public boolean live() {
    return live;
  }

  /** Such as {@code batch.max_size 512 -> 256}; secrets masked. */
  @Override
  public String toString() {
    String from = before.value();
    String to = after.value();
    return after.path() + ' ' + (from.equals(to) ? "changed" : shown(from) + " -> " + shown(to));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(unset)" : value;
  }
}
