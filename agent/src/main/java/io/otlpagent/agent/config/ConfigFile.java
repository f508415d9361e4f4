package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigFileException;
import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSource;
import io.otlpagent.agent.config.value.FileText;
import io.otlpagent.agent.config.value.ValueParser;
import io.otlpagent.agent.config.value.YamlText;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code config.yaml} into paths and texts; loaded only if the operator names a file. A file
 * that cannot be read is one warning.
 */
final class ConfigFile {

  private final Map<String, String> environment;
  private final Collection<String> warnings;
  private final String file;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, ConfigKey<?>> keys = new HashMap<>();

  private ConfigFile(String file, Map<String, String> environment, Collection<String> warnings) {
    this.file = file;
    this.environment = environment;
    this.warnings = warnings;
    for (ConfigKey<?> key : AllKeys.all()) {
      keys.put(key.path(), key);
    }
  }

  static Map<String, String> parse(
      String file, String yaml, Map<String, String> environment, Collection<String> warnings) {
    try {
      return read(file, yaml, environment, warnings).values;
    } catch (IOException e) {
      warnings.add("config file " + file + " is ignored: " + e.getMessage());
      return Collections.emptyMap();
    }
  }

  /** The settings of a file; throws if it is unusable as a whole. */
  static ConfigSource source(
      String file, String yaml, Map<String, String> environment, Collection<String> warnings)
      throws ConfigFileException {
    ConfigFile read = read(file, yaml, environment, warnings);
    return ConfigSource.file(file, read.values, read.lines);
  }

  private static ConfigFile read(
      String file, String yaml, Map<String, String> environment, Collection<String> warnings)
      throws ConfigFileException {
    ConfigFile reader = new ConfigFile(file, environment, warnings);
    Object root = YamlText.read(file, yaml, reader.lines);
    if (root instanceof Map) {
      reader.flatten("", (Map<?, ?>) root);
    } else if (root != null && !root.equals("")) {
      throw new ConfigFileException("it must consist of key: value lines");
    }
    return reader;
  }

  /** The text of the file; throws if it cannot be read. */
  static String text(String file) throws IOException {
    return FileText.read(new File(file));
  }

  private void flatten(String prefix, Map<?, ?> map) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String path = prefix + entry.getKey();
      Object value = entry.getValue();
      if (value instanceof Map && !takesMap(path)) {
        flatten(path + ".", (Map<?, ?>) value);
      } else if (value instanceof Map) {
        values.put(path, pairs(path, (Map<?, ?>) value));
      } else if (value instanceof List && !takesList(path)) {
        Integer line = lines.get(path);
        warnings.add(
            "config file "
                + file
                + (line == null ? "" : ", line " + line)
                + ": "
                + path
                + ": a list cannot be used here and is ignored; write a single value");
      } else if (value instanceof List) {
        values.put(path, list(path, (List<?>) value));
      } else if (value != null) {
        values.put(path, substituted(path, value.toString()));
      }
    }
  }

  private boolean takesMap(String path) {
    ConfigKey<?> key = keys.get(path);
    return key != null && key.type().equals(ConfigKey.MAP);
  }

  /** What is unknown may be a list: it is warned of as unknown. */
  private boolean takesList(String path) {
    ConfigKey<?> key = keys.get(path);
    return key == null || key.type().equals(ConfigKey.LIST) || key.type().equals(ConfigKey.MAP);
  }

  /** In the form that the environment uses, so that a key reads both alike. */
  private String pairs(String path, Map<?, ?> map) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      if (value instanceof Map || value instanceof List) {
        warnings.add(
            "config file " + file + ": " + path + "." + entry.getKey() + " must be a single value");
        continue;
      }
      text.append(text.length() == 0 ? "" : ",")
          .append(ValueParser.percentEncoded(String.valueOf(entry.getKey())))
          .append('=')
          .append(
              ValueParser.percentEncoded(substituted(path, value == null ? "" : value.toString())));
    }
    return text.toString();
  }

  private String list(String path, List<?> list) {
    StringBuilder text = new StringBuilder();
    for (Object element : list) {
      if (element instanceof Map && path.equals("sampling.rules")) {
        text.append(text.length() == 0 ? "" : ",").append(words(path, (Map<?, ?>) element));
      } else if (element instanceof Map || element instanceof List) {
        warnings.add("config file " + file + ": " + path + " must be a list of single values");
      } else if (element != null) {
        text.append(text.length() == 0 ? "" : ",").append(substituted(path, element.toString()));
      }
    }
    return text.toString();
  }

  /** A map as {@code key=value key2=value2}, the form that a rule has everywhere else. */
  private String words(String path, Map<?, ?> map) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(text.length() == 0 ? "" : " ")
          .append(entry.getKey())
          .append('=')
          .append(substituted(path, String.valueOf(entry.getValue())));
    }
    return text.toString();
  }

  /** Replaces {@code ${NAME}}, {@code ${env:NAME}} and {@code ${NAME:-default}}. */
  private String substituted(String path, String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int lastClose = text.lastIndexOf('}');
    int position = 0;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (text.startsWith("$$", position)) {
        result.append('$');
        position += 2;
      } else if (text.startsWith("${", position) && position < lastClose) {
        int close = text.indexOf('}', position);
        result.append(variable(text.substring(position + 2, close)));
        position = close + 1;
      } else {
        if (text.startsWith("${", position)) {
          warnings.add(
              "config file "
                  + file
                  + ": "
                  + path
                  + ": '${' without '}' stays as it is;"
                  + " write $${ where it is meant");
        }
        result.append(c);
        position++;
      }
    }
    return result.toString();
  }

  private String variable(String expression) {
    int dash = expression.indexOf(":-");
    String name = dash < 0 ? expression : expression.substring(0, dash);
    @Nullable String value = environment.get(name.startsWith("env:") ? name.substring(4) : name);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    return dash < 0 ? "" : expression.substring(dash + 2);
  }
}
