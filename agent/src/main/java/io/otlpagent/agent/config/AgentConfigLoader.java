package io.otlpagent.agent.config;

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
    String file = new ConfigValues(sources).text(AgentConfig.FILE);
    if (!file.isEmpty()) {
      sources.add(ConfigSource.file(file, ConfigFile.read(file, environment, warnings)));
    }

    ConfigValues values = new ConfigValues(sources);
    for (String warning : warnings) {
      values.warn(warning);
    }
    for (ConfigSource source : sources) {
      if (!source.isEmpty()) {
        UnknownNames.warn(source, values);
      }
    }
    return new AgentConfig(values);
  }
}
