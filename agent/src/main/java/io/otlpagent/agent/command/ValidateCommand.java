package io.otlpagent.agent.command;

import io.otlpagent.agent.config.ConfigCheck;
import io.otlpagent.agent.config.ConfigProblem;
import io.otlpagent.agent.doctor.JsonTree;
import io.otlpagent.agent.doctor.SettingsReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code validate}: what the agent would not understand of a {@code config.yaml}. */
final class ValidateCommand implements Command {

  @Override
  public String name() {
    return "validate";
  }

  @Override
  public String usage() {
    return "<config.yaml>";
  }

  @Override
  public String summary() {
    return "Validates a settings file";
  }

  @Override
  public String[] help() {
    return new String[] {
      "Errors are what would not take effect as it is written: bad YAML, unknown keys, values",
      "that are none. ${NAME} is replaced from the environment, as the agent does it; nothing",
      "else of the environment counts. --json also prints the settings that result.",
      "",
      "Exit codes: 0 valid (there may be warnings), 2 an error, or the file cannot be read.",
    };
  }

  @Override
  public int run(Arguments arguments, Console console) throws CommandException {
    String file = arguments.words(1, "the file").get(0);
    ConfigCheck check = ConfigCheck.of(file, System.getenv());
    if (arguments.json()) {
      console.out.print(JsonTree.write(tree(file, check)));
    } else {
      print(file, check, console);
    }
    return check.errors() == 0 ? OK : INVALID;
  }

  private static void print(String file, ConfigCheck check, Console console) {
    for (ConfigProblem problem : check.problems()) {
      String line = problem.line() > 0 ? ":" + problem.line() : "";
      console.out.println(
          file + line + ": " + (problem.error() ? "error: " : "warning: ") + problem.message());
    }
    int warnings = check.problems().size() - check.errors();
    console.out.println(
        file
            + (check.errors() == 0 ? " is valid" : " is not valid")
            + String.format(
                Locale.ROOT,
                ": %s, %s",
                count(check.errors(), "error"),
                count(warnings, "warning")));
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static Map<String, Object> tree(String file, ConfigCheck check) {
    List<Object> problems = new ArrayList<>();
    for (ConfigProblem problem : check.problems()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("severity", problem.error() ? "error" : "warning");
      tree.put("line", problem.line() > 0 ? problem.line() : null);
      tree.put("message", problem.message());
      problems.add(tree);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", file);
    tree.put("valid", check.errors() == 0);
    tree.put("problems", problems);
    tree.put("settings", SettingsReport.tree(check.config()));
    return tree;
  }
}
