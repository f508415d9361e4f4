package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.value.ConfigSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The effective settings with their origins, secrets masked. Stateless. */
public final class SettingsReport {

  private SettingsReport() {}

  /** All settings, as a list of key, value and origin. */
  public static List<Map<String, Object>> tree(AgentConfig config) {
    List<Map<String, Object>> settings = new ArrayList<>();
    for (ConfigSetting each : config.settingsInForce().values()) {
      Map<String, Object> setting = new LinkedHashMap<>();
      setting.put("key", each.path());
      setting.put("value", each.value());
      setting.put("origin", each.origin());
      settings.add(setting);
    }
    return settings;
  }

  /** Who said what the service is called. */
  static String originOfServiceName(AgentConfig config) {
    Map<String, ConfigSetting> settings = config.settingsInForce();
    ConfigSetting name = settings.get("service.name");
    if (name != null && !name.value().isEmpty()) {
      return name.origin();
    }
    ConfigSetting attributes = settings.get("resource.attributes");
    return attributes != null && attributes.value().contains("service.name=")
        ? attributes.origin()
        : "detected from the application";
  }

  /** What is wrong with the settings. */
  public static void addFindings(AgentConfig config, List<Finding> findings) {
    if (config.paused()) {
      findings.add(
          Finding.warning(
              "the agent is paused: it records, propagates and sends nothing",
              "the file of settings says enabled: false",
              "write enabled: true; the file is read again every few seconds"));
    }
    for (String warning : config.warnings()) {
      findings.add(Finding.warning(warning, "", ""));
    }
  }
}
