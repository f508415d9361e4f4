package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.config.value.ConfigSetting;
import java.util.Collection;

/** Knows the settings in force. Called on endpoint threads. */
public interface SettingsSource {

  /** In the order of the reference, secrets masked. */
  Collection<ConfigSetting> settings();
}
