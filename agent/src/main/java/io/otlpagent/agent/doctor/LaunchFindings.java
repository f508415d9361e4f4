package io.otlpagent.agent.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the command line and the environment of a JVM tell: options in the wrong place, several
 * agents, settings of other products. Shows names, never values.
 */
public final class LaunchFindings {

  /** A prefix of other products' variables, whose it is, and what to set in place of them. */
  private static final String[][] VENDORS = {
    {"DD_", "Datadog", "DD_SERVICE", "OTEL_SERVICE_NAME"},
    {"DD_", "Datadog", "DD_ENV", "OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=..."},
    {"DD_", "Datadog", "DD_VERSION", "OTEL_RESOURCE_ATTRIBUTES=service.version=..."},
    {"DD_", "Datadog", "DD_TRACE_AGENT_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"},
    {"DD_", "Datadog", "DD_AGENT_HOST", "OTEL_EXPORTER_OTLP_ENDPOINT"},
    {"DD_", "Datadog", "DD_TRACE_SAMPLE_RATE", "OTEL_TRACES_SAMPLER and _ARG"},
    {"DD_", "Datadog", "DD_TRACE_SAMPLING_RULES", "OTEL_TRACES_SAMPLER and _ARG"},
    {"ELASTIC_APM_", "Elastic APM", "ELASTIC_APM_SERVICE_NAME", "OTEL_SERVICE_NAME"},
    {"ELASTIC_APM_", "Elastic APM", "ELASTIC_APM_SERVER_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"},
    {"ELASTIC_APM_", "Elastic APM", "ELASTIC_APM_SECRET_TOKEN", "OTEL_EXPORTER_OTLP_HEADERS"},
    {"SW_", "SkyWalking", "SW_AGENT_NAME", "OTEL_SERVICE_NAME"},
    {"SW_", "SkyWalking", "SW_AGENT_COLLECTOR_BACKEND_SERVICES", "OTEL_EXPORTER_OTLP_ENDPOINT"},
    {"NEW_RELIC_", "New Relic", "NEW_RELIC_APP_NAME", "OTEL_SERVICE_NAME"},
    {"NEW_RELIC_", "New Relic", "NEW_RELIC_LICENSE_KEY", "OTEL_EXPORTER_OTLP_HEADERS=api-key=..."},
  };

  private LaunchFindings() {}

  public static List<Finding> of(LaunchFacts facts) {
    List<Finding> findings = new ArrayList<>();
    addMisplaced(misplaced(facts.command()), findings);
    addAgents(facts.jvmOptions(), findings);
    addVendors(facts, findings);
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
    String what = list + (options.size() == 1 ? " stands" : " stand") + " after the program";
    String why =
        "the JVM reads its options in front of -jar or the main class only; what comes later is"
            + " an argument of the application";
    String fix = "move it in front: java " + list + " -jar app.jar";
    findings.add(ours ? Finding.error(what, why, fix) : Finding.warning(what, why, fix));
  }

  private static void addAgents(List<String> options, List<Finding> findings) {
    int own = 0;
    for (String file : OtherAgents.files(options)) {
      String product = OtherAgents.product(file);
      if (product == null) {
        if (!file.startsWith("jdwp")) {
          findings.add(
              Finding.info(
                  "another agent is loaded: " + file, "it is none that is known here", ""));
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

  private static void addVendors(LaunchFacts facts, List<Finding> findings) {
    Set<String> seen = new LinkedHashSet<>();
    for (String[] vendor : VENDORS) {
      if (!seen.add(vendor[0])) {
        continue;
      }
      List<String> present = new ArrayList<>();
      for (String name : new TreeMap<>(facts.environment()).keySet()) {
        if (name.startsWith(vendor[0])) {
          present.add(name);
        }
      }
      // SW_ alone is anybody's.
      if (present.isEmpty() || (vendor[0].equals("SW_") && !anyAgentName(present))) {
        continue;
      }
      findings.add(
          Finding.info(
              "settings of " + vendor[1] + " are present: " + String.join(", ", present),
              "this agent does not read them",
              advice(vendor[0], present)));
    }
  }

  private static boolean anyAgentName(List<String> names) {
    for (String name : names) {
      if (name.startsWith("SW_AGENT_")) {
        return true;
      }
    }
    return false;
  }

  private static String advice(String prefix, List<String> present) {
    StringBuilder text = new StringBuilder();
    for (String[] vendor : VENDORS) {
      if (vendor[0].equals(prefix) && present.contains(vendor[2])) {
        text.append(text.length() == 0 ? "" : "; ");
        text.append("instead of ").append(vendor[2]).append(" set ").append(vendor[3]);
      }
    }
    return text.toString();
  }
}
