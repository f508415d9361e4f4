package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigFileException;
import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSource;
import io.otlpagent.agent.config.value.ConfigSources;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.ShownValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: agent arguments beat system properties beat the environment beats the file
 * beats the defaults. Runs in {@code premain}; never throws because of what an operator wrote.
 */
public final class AgentConfigLoader {

  private AgentConfigLoader() {}

  /**
   * @param agentArguments what follows {@code =} in {@code -javaagent:otlp-agent.jar=}
   */
  public static AgentConfig load(
      @Nullable String agentArguments,
      Properties systemProperties,
      Map<String, String> environment) {
    Set<String> warnings = new LinkedHashSet<>();
    List<ConfigSource> sources = new ArrayList<>();
    sources.add(ConfigSource.agentArguments(agentArguments, warnings));
    sources.add(ConfigSource.systemProperties(systemProperties));
    sources.add(ConfigSource.environment(environment));
    String properties = new ConfigValues(sources).get(AgentConfig.PROPERTIES_FILE);
    if (!properties.isEmpty()) {
      sources.add(
          PropertiesFile.read(properties, setBy(sources, AgentConfig.PROPERTIES_FILE), warnings));
    }
    String file = new ConfigValues(sources).get(AgentConfig.FILE);
    String text = null;
    if (!file.isEmpty()) {
      try {
        text = ConfigFile.text(file);
        sources.add(ConfigFile.source(file, text, environment, warnings));
      } catch (ConfigFileException e) {
        warnings.add(
            "config file " + ShownValue.shortened(file) + " is ignored: " + e.getMessage());
      } catch (IOException e) {
        warnings.add(unreadable("config file ", file, e) + setBy(sources, AgentConfig.FILE));
      }
    }
    return config(sources, warnings, text, null);
  }

  /** That a file which an operator has named cannot be read. */
  static String unreadable(String kind, String file, IOException e) {
    return kind
        + ShownValue.shortened(file)
        + " is ignored: it cannot be read: "
        + ShownValue.shortened(e.getMessage());
  }

  private static String setBy(List<ConfigSource> sources, ConfigKey<?> key) {
    return "; correct or remove " + new ConfigSources(sources).origin(key);
  }

  /**
   * The same settings with another content of the file.
   *
   * @throws ConfigFileException if the content is unusable as a whole
   */
  static AgentConfig reload(AgentConfig running, String text, Map<String, String> environment)
      throws ConfigFileException {
    Set<String> warnings = new LinkedHashSet<>();
    List<ConfigSource> sources = new ArrayList<>();
    for (ConfigSource source : running.sources()) {
      if (!source.isFile()) {
        sources.add(source);
      }
    }
    sources.add(ConfigFile.source(running.file(), text, environment, warnings));
    return config(sources, warnings, text, running.atStart());
  }

  private static AgentConfig config(
      List<ConfigSource> sources,
      Set<String> warnings,
      @Nullable String fileText,
      @Nullable AgentConfig atStart) {
    ConfigValues values = new ConfigValues(sources);
    for (String warning : warnings) {
      values.warn(warning);
    }
    for (ConfigSource source : sources) {
      if (!source.isEmpty()) {
        UnknownNames.warn(source, values);
      }
    }
    return new AgentConfig(values, fileText, atStart);
  }
}
