package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.ForeignSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What the command line and the environment of a JVM tell: options in the wrong place, several
 * agents, settings of other products. Shows names, never values.
 */
public final class LaunchFindings {

  private LaunchFindings() {}

  public static List<Finding> of(LaunchFacts facts) {
    List<Finding> findings = new ArrayList<>();
    addMisplaced(misplaced(facts.command()), findings);
    addAgents(facts, findings);
    addForeign(facts, findings);
    return findings;
  }

  /** Options of the JVM among the program's arguments, without the values of properties. */
  public static List<String> misplaced(String command) {
    List<String> misplaced = new ArrayList<>();
    String[] words = command.split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      int equals = word.indexOf('=');
      if (word.startsWith("-D") && word.length() > 2 && isName(word.charAt(2))) {
        misplaced.add(equals < 0 ? word : word.substring(0, equals) + "=...");
      } else if (word.startsWith("-javaagent:")
          || word.startsWith("-XX:")
          || word.startsWith("-Xm")
          || word.startsWith("-Xss")
          || word.startsWith("-agentlib:")) {
        misplaced.add(
            word.startsWith("-javaagent:") && equals > 0 ? word.substring(0, equals) : word);
      }
    }
    return misplaced;
  }

  private static boolean isName(char c) {
    return Character.isLetter(c);
  }

  private static void addMisplaced(List<String> options, List<Finding> findings) {
    if (options.isEmpty()) {
      return;
    }
    boolean ours = false;
    StringBuilder list = new StringBuilder();
    for (String option : options) {
      ours |=
          option.startsWith("-Dotel.")
              || option.startsWith("-Dotlp.")
              || option.startsWith("-javaagent:");
      list.append(list.length() == 0 ? "" : " ").append(option);
    }
    String what = list + (options.size() == 1 ? " is" : " are") + " after the program";
    String why =
        "the JVM reads its options in front of -jar or the main class only; what comes later is"
            + " an argument of the application";
    String fix = "move it in front: java " + list + " -jar app.jar";
    findings.add(ours ? Finding.error(what, why, fix) : Finding.warning(what, why, fix));
  }

  private static void addAgents(LaunchFacts facts, List<Finding> findings) {
    int own = 0;
    for (String file : OtherAgents.files(facts.jvmOptions())) {
      String product = OtherAgents.product(file, facts.file(file));
      if (product == null) {
        if (!file.startsWith("jdwp")) {
          findings.add(
              Finding.info("another agent is loaded: " + file, "otlp-agent does not know it", ""));
        }
      } else if (product.equals(OtherAgents.OWN)) {
        own++;
      } else if (OtherAgents.traces(product)) {
        findings.add(
            Finding.warning(
                "a second agent is loaded: " + product + " (" + file + ")",
                "both measure the same calls: the start takes longer, requests cost more, and each"
                    + " sends its own trace headers",
                "remove one of the two -javaagent options; look at JAVA_TOOL_OPTIONS too"));
      }
    }
    if (own > 1) {
      findings.add(
          Finding.warning(
              own + " -javaagent options load otlp-agent",
              "the first one works, the others were ignored",
              "remove all but one; look at JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS too"));
    }
  }

  private static void addForeign(LaunchFacts facts, List<Finding> findings) {
    Map<String, String> foreign =
        ForeignSettings.find(facts.environment(), properties(facts.jvmOptions()));
    if (foreign.isEmpty()) {
      return;
    }
    StringBuilder fix = new StringBuilder("set here:");
    for (Map.Entry<String, String> each : foreign.entrySet()) {
      fix.append(fix.charAt(fix.length() - 1) == ':' ? " " : ", ");
      fix.append(each.getValue()).append(" for ").append(each.getKey());
    }
    findings.add(
        Finding.info(
            "settings of other products' agents are present: "
                + String.join(", ", foreign.keySet()),
            "this agent does not read them",
            fix.toString()));
  }

  private static Properties properties(List<String> options) {
    Properties properties = new Properties();
    for (String option : options) {
      int equals = option.indexOf('=');
      if (option.startsWith("-D") && equals > 2) {
        properties.setProperty(option.substring(2, equals), option.substring(equals + 1));
      }
    }
    return properties;
  }
}
