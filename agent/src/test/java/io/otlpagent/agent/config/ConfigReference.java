package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigKey;
import java.util.ArrayList;
import java.util.List;

/** The reference of all settings in Markdown, made from the table of keys. */
public final class ConfigReference {

  private ConfigReference() {}

  /** A table with one row a key; ends with a line break. */
  public static String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| Key in `config.yaml` | Type | Default | Meaning | Live | Environment |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (ConfigKey<?> key : AllKeys.all()) {
      text.append("| ").append(key.inFile() ? "`" + key.path() + "`" : "").append(" | ");
      text.append(type(key)).append(" | ");
      text.append(key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`");
      text.append(" | ").append(key.description()).append(" | ");
      text.append(key.isLive() && key.inFile() ? "yes" : "").append(" | ");
      text.append(String.join(", ", environment(key))).append(" |\n");
    }
    text.append("\nThese names of OpenTelemetry's agent do nothing here:\n\n");
    return text.append(notHonoured()).toString();
  }

  /** A table of OpenTelemetry's names that do nothing; ends with a line break. */
  private static String notHonoured() {
    StringBuilder text = new StringBuilder();
    text.append("| OpenTelemetry's name | What to know |\n|---|---|\n");
    for (String[] line : NotHonoured.table()) {
      text.append("| `").append(ConfigKey.environmentName(line[0])).append("` | ");
      text.append(line[1]).append(" |\n");
    }
    return text.toString();
  }

  private static String type(ConfigKey<?> key) {
    if (key.type().equals(ConfigKey.CHOICE)) {
      return "`" + key.range().replace("|", "`, `") + "`";
    }
    return key.type() + (key.range().isEmpty() ? "" : " " + key.range());
  }

  private static List<String> environment(ConfigKey<?> key) {
    List<String> names = new ArrayList<>();
    for (String alias : key.aliases()) {
      names.add("`" + ConfigKey.environmentName(alias) + "`");
    }
    names.add("`" + ConfigKey.environmentName(key.property()) + "`");
    return names;
  }
}
