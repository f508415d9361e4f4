package io.otlpagent.agent.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the agent would say of a file of settings, and where it stands. Immutable. */
public final class ConfigCheck {

  private static final String LINE = "YAML error in line ";

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
    ConfigSource source = ConfigSource.file(file, ConfigFile.read(file, environment, warnings));
    ConfigValues values = new ConfigValues(Collections.singletonList(source));
    for (String warning : warnings) {
      values.warn(warning);
    }
    UnknownNames.warn(source, values);
    AgentConfig config = new AgentConfig(values);
    return new ConfigCheck(config, problems(file, config.warnings()));
  }

  private static List<ConfigProblem> problems(String file, List<String> warnings) {
    ConfigLines lines = ConfigLines.of(text(file));
    List<ConfigProblem> problems = new ArrayList<>();
    for (String warning : warnings) {
      String message = warning;
      String prefix = "config file " + file;
      if (message.startsWith(prefix)) {
        message = message.substring(prefix.length());
        message = message.startsWith(": ") ? message.substring(2) : "the file" + message;
      }
      int line = line(message);
      problems.add(
          new ConfigProblem(line > 0 ? line : lines.lineOf(message), error(message), message));
    }
    return problems;
  }

  /** What this version knows and does not do is a warning: it is not the file that is wrong. */
  private static boolean error(String message) {
    return !message.contains("not supported by this version");
  }

  private static int line(String message) {
    int at = message.indexOf(LINE);
    if (at < 0) {
      return 0;
    }
    int end = at + LINE.length();
    while (end < message.length() && Character.isDigit(message.charAt(end))) {
      end++;
    }
    return Integer.parseInt(message.substring(at + LINE.length(), end));
  }

  private static String text(String file) {
    try {
      return ConfigFile.bytes(file);
    } catch (IOException e) {
      // Said by the one who read it first.
      return "";
    }
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
