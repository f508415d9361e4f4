package io.otlpagent.agent.config;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Recognises settings of other vendors' agents, which this one does not honour, and says which of
 * ours means the same. Stateless.
 */
public final class ForeignSettings {

  /** The variable, and our key; a system property is the variable in lower case with dots. */
  private static final String[][] NAMES = {
    {"DD_SERVICE", "service.name"},
    {"DD_ENV", "resource.attributes (deployment.environment.name)"},
    {"DD_VERSION", "service.version"},
    {"DD_TRACE_AGENT_URL", "otlp.endpoint"},
    {"DD_AGENT_HOST", "otlp.endpoint"},
    {"DD_TRACE_SAMPLE_RATE", "sampling.ratio"},
    {"DD_TRACE_SAMPLING_RULES", "sampling"},
    {"ELASTIC_APM_SERVICE_NAME", "service.name"},
    {"ELASTIC_APM_SERVER_URL", "otlp.endpoint"},
    {"ELASTIC_APM_ENVIRONMENT", "resource.attributes (deployment.environment.name)"},
    {"ELASTIC_APM_SECRET_TOKEN", "otlp.headers"},
    {"SW_AGENT_NAME", "service.name"},
    {"SW_AGENT_COLLECTOR_BACKEND_SERVICES", "otlp.endpoint"},
    {"NEW_RELIC_APP_NAME", "service.name"},
    {"NEW_RELIC_LICENSE_KEY", "otlp.headers"},
  };

  private ForeignSettings() {}

  /** What is set by name, with our key for it; values are not looked at. */
  public static Map<String, String> find(Map<String, String> environment, Properties properties) {
    Map<String, String> found = new TreeMap<>();
    for (String[] name : NAMES) {
      String property = name[0].toLowerCase(Locale.ROOT).replace('_', '.');
      if (environment.containsKey(name[0])) {
        found.put(name[0], name[1]);
      } else if (properties.getProperty(property) != null) {
        found.put(property, name[1]);
      }
    }
    return found;
  }

  /** One line for the log; null if nothing is set. */
  public static @Nullable String remark(Map<String, String> environment, Properties properties) {
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, String> found : find(environment, properties).entrySet()) {
      line.append(line.length() == 0 ? "" : ", ");
      line.append(found.getKey()).append(" (here: ").append(found.getValue()).append(')');
    }
    return line.length() == 0 ? null : "settings of other agents are ignored: " + line;
  }
}
