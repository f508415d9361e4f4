package io.otlpagent.agent.config.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One place that settings come from, reduced to the names that may be ours. All spellings of a name
 * meet in its {@linkplain ConfigKey#normalize normal form}.
 */
public final class ConfigSource {

  /** How the origin of a setting in {@code config.yaml} begins. */
  public static final String FILE = "config file ";

  private static final int MAX_SHOWN_NAME = 200;

  private static final String ARGUMENT = "agent argument ";
  private static final String TRACES = "otel_exporter_otlp_traces_";
  private static final String METRICS = "otel_exporter_otlp_metrics_";

  private final String label;
  private final Map<String, String[]> entries;
  private final Collection<String> duplicates = new ArrayList<>();
  private final Collection<String> serviceLinks = new ArrayList<>();

  private ConfigSource(String label) {
    this(label, new HashMap<>());
  }

  private ConfigSource(String label, Map<String, String[]> entries) {
    this.label = label;
    this.entries = entries;
  }

  /** The same with what is set here for metrics alone in the place of what is for traces alone. */
  public ConfigSource forMetrics() {
    Map<String, String[]> seen = new HashMap<>();
    for (Map.Entry<String, String[]> entry : entries.entrySet()) {
      if (!entry.getKey().startsWith(TRACES)) {
        seen.put(entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<String, String[]> entry : entries.entrySet()) {
      if (entry.getKey().startsWith(METRICS)) {
        seen.put(TRACES + entry.getKey().substring(METRICS.length()), entry.getValue());
      }
    }
    return new ConfigSource(label, seen);
  }

  /**
   * @param text such as {@code batch.max_size=100;logging.level=debug}
   */
  public static ConfigSource agentArguments(@Nullable String text, Collection<String> warnings) {
    ConfigSource source = new ConfigSource(ARGUMENT);
    if (text == null) {
      return source;
    }
    int number = 0;
    for (String part : ValueParser.split(text, ';')) {
      number++;
      int equals = part.indexOf('=');
      if (equals <= 0) {
        // Not itself: it may be the end of a secret that has a semicolon in it.
        warnings.add(
            "agent argument number "
                + number
                + " is ignored: write key=value;key2=value2 after the jar");
        continue;
      }
      String name = part.substring(0, equals).trim();
      source.add(withPrefix(ConfigKey.normalize(name)), name, part.substring(equals + 1));
    }
    return source;
  }

  public static ConfigSource systemProperties(Properties properties) {
    return properties("system property ", properties);
  }

  public static ConfigSource propertiesFile(String file, Properties properties) {
    return properties("properties file " + file + ": ", properties);
  }

  private static ConfigSource properties(String label, Properties properties) {
    ConfigSource source = new ConfigSource(label);
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("otel.") || name.startsWith("otlp.")) {
        String value = properties.getProperty(name);
        if (value != null) {
          source.add(ConfigKey.normalize(name), name, value);
        }
      }
    }
    return source;
  }

  public static ConfigSource environment(Map<String, String> environment) {
    ConfigSource source = new ConfigSource("environment variable ");
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      String name = entry.getKey();
      if (!name.startsWith("OTEL_") && !name.startsWith("OTLP_")) {
        continue;
      }
      if ((name.contains("_PORT") || name.endsWith("_SERVICE_HOST"))
          && ServiceLink.is(name, entry.getValue())) {
        source.serviceLinks.add(name);
      } else {
        source.add(ConfigKey.normalize(name), name, entry.getValue());
      }
    }
    return source;
  }

  /**
   * @param values by path, such as {@code batch.max_size}
   * @param lines where they stand, as far as known
   */
  public static ConfigSource file(
      String file, Map<String, String> values, Map<String, Integer> lines) {
    ConfigSource source = new ConfigSource(FILE + file);
    for (Map.Entry<String, String> entry : values.entrySet()) {
      String path = entry.getKey();
      Integer line = lines.get(path);
      source.add(
          withPrefix(ConfigKey.normalize(path)),
          (line == null ? ": " : ", line " + line + ": ") + path,
          entry.getValue());
    }
    return source;
  }

  private static String shortened(String name) {
    return name.length() <= MAX_SHOWN_NAME ? name : name.substring(0, MAX_SHOWN_NAME) + "...";
  }

  private static String withPrefix(String normalName) {
    return normalName.startsWith("otlp_") || normalName.startsWith("otel_")
        ? normalName
        : "otlp_" + normalName;
  }

  private void add(String normalName, String name, String value) {
    String trimmed = value.trim();
    // Empty is as good as not set: deployment templates often leave a variable empty.
    if (!trimmed.isEmpty()) {
      String[] before = entries.put(normalName, new String[] {name, trimmed});
      if (before != null) {
        duplicates.add(origin(normalName));
      }
    }
  }

  /** Settings of which there are several here, in one spelling or two; the last one counts. */
  public Collection<String> duplicates() {
    return duplicates;
  }

  /** Variables that look like settings, and come from Kubernetes. */
  public Collection<String> serviceLinks() {
    return serviceLinks;
  }

  /** Names in normal form of everything that is set here. */
  public Iterable<String> names() {
    return entries.keySet();
  }

  /** Whether it is what follows the jar in {@code -javaagent}. */
  boolean isAgentArguments() {
    return label.equals(ARGUMENT);
  }

  /** Whether it is {@code config.yaml}. */
  public boolean isFile() {
    return label.startsWith(FILE);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The value under a name in normal form; never empty; null if it is not set here. */
  public @Nullable String value(String normalName) {
    String[] entry = entries.get(normalName);
    return entry == null ? null : entry[1];
  }

  @Override
  public String toString() {
    return label.trim();
  }

  /** How a warning names this setting, in the operator's spelling. */
  public String origin(String normalName) {
    String[] entry = entries.get(normalName);
    return label + shortened(entry == null ? normalName : entry[0]);
  }
}
