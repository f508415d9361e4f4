package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.AgentConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The effective settings with their origins, secrets masked. Stateless. */
public final class SettingsReport {

  private static final String DEFAULT = "default";

  private SettingsReport() {}

  /** All settings, as a list of key, value and origin. */
  public static List<Map<String, Object>> tree(AgentConfig config) {
    List<Map<String, Object>> settings = new ArrayList<>();
    for (String line : config.describe()) {
      int equals = line.indexOf(" = ");
      int open = line.lastIndexOf(" (");
      Map<String, Object> setting = new LinkedHashMap<>();
      setting.put("key", line.substring(0, equals));
      setting.put("value", open < equals + 3 ? "" : line.substring(equals + 3, open));
      setting.put("origin", line.substring(open + 2, line.length() - 1));
      settings.add(setting);
    }
    return settings;
  }

  /** Who said what the service is called. */
  static String originOfServiceName(List<Map<String, Object>> settings) {
    for (Map<String, Object> setting : settings) {
      String key = String.valueOf(setting.get("key"));
      boolean set = !DEFAULT.equals(setting.get("origin"));
      boolean attribute =
          key.equals("resource.attributes")
              && String.valueOf(setting.get("value")).contains("service.name=");
      if (set && (key.equals("service.name") || attribute)) {
        return String.valueOf(setting.get("origin"));
      }
    }
    return "found out from the application";
  }

  /** What is wrong with the settings. */
  public static void addFindings(AgentConfig config, List<Finding> findings) {
    for (String warning : config.warnings()) {
      findings.add(Finding.warning(warning, "", ""));
    }
  }
}
