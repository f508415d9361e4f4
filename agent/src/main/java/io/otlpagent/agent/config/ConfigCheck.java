package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigSource;
import io.otlpagent.agent.config.value.ConfigValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the agent would say of a file of settings, and where it stands. Immutable. */
public final class ConfigCheck {

  private static final String YAML_LINE = "YAML error in line ";
  private static final String SETTING_LINE = ", line ";

  private final AgentConfig config;
  private final List<ConfigProblem> problems;

  private ConfigCheck(AgentConfig config, List<ConfigProblem> problems) {
    this.config = config;
    this.problems = problems;
  }

  /**
   * Reads a file as the agent does.
   *
   * @param environment for what the file refers to; no setting comes from it
   */
  public static ConfigCheck of(String file, Map<String, String> environment) {
    Set<String> warnings = new LinkedHashSet<>();
    List<ConfigSource> sources = new ArrayList<>();
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      sources.add(ConfigFile.source(file, ConfigFile.text(file), environment, warnings));
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      problems.add(new ConfigProblem(line(message, YAML_LINE), true, message));
    }
    ConfigValues values = new ConfigValues(sources);
    for (String warning : warnings) {
      values.warn(warning);
    }
    for (ConfigSource source : sources) {
      UnknownNames.warn(source, values);
    }
    AgentConfig config = new AgentConfig(values, null, null);
    for (String warning : config.warnings()) {
      problems.add(problem(file, warning));
    }
    problems.sort((a, b) -> Integer.compare(a.line(), b.line()));
    return new ConfigCheck(config, problems);
  }

  private static ConfigProblem problem(String file, String warning) {
    String message = warning;
    String prefix = ConfigSource.FILE + file;
    int line = 0;
    if (message.startsWith(prefix)) {
      line = line(message.substring(prefix.length()), SETTING_LINE);
      int colon = message.indexOf(": ", prefix.length());
      message = colon < 0 ? message : message.substring(colon + 2);
    }
    return new ConfigProblem(line, error(message), message);
  }

  /** What this version knows and does not do is a warning: it is not the file that is wrong. */
  private static boolean error(String message) {
    return !message.contains("not supported by this version");
  }

  private static int line(String message, String before) {
    int at = message.indexOf(before);
    if (at < 0) {
      return 0;
    }
    int start = at + before.length();
    int end = start;
    // A value may look like a line, and be no number.
    while (end < message.length() && end < start + 9 && Character.isDigit(message.charAt(end))) {
      end++;
    }
    return end == start ? 0 : Integer.parseInt(message.substring(start, end));
  }

  /** The settings that the file gives. */
  public AgentConfig config() {
    return config;
  }

  public List<ConfigProblem> problems() {
    return problems;
  }

  public int errors() {
    int errors = 0;
    for (ConfigProblem problem : problems) {
      errors += problem.error() ? 1 : 0;
    }
    return errors;
  }
}
