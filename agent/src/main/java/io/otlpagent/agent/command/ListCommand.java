package io.otlpagent.agent.command;

import io.otlpagent.agent.doctor.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code list}: the JVMs of this machine and their agents. */
final class ListCommand implements Command {

  private static final String FORMAT = "%-8s %-10s %-40s %s";

  @Override
  public String name() {
    return "list";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "Lists the JVMs, and which have an agent";
  }

  @Override
  public String[] help() {
    return new String[] {
      "Shows what this user may see: its own JVMs, for root those of all. JVMs with",
      "-XX:-UsePerfData are missing. It only reads files of the system: no JVM notices. Where the",
      "endpoint listens is read from the JVM's options and variables; doctor asks the agent.",
      "",
      "Exit code: always 0.",
    };
  }

  @Override
  public int run(Arguments arguments, Console console) throws CommandException {
    arguments.words(0);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (JvmProcess process : JvmProcesses.all()) {
      rows.add(row(process));
    }
    if (arguments.json()) {
      console.out.print(JsonTree.write(rows));
      return OK;
    }
    if (rows.isEmpty()) {
      console.out.println("no JVM of this user is running");
      return OK;
    }
    console.out.println(String.format(Locale.ROOT, FORMAT, "PID", "JAVA", "PROGRAM", "AGENTS"));
    for (Map<String, Object> row : rows) {
      console.out.println(
          String.format(
              Locale.ROOT,
              FORMAT,
              row.get("pid"),
              row.get("java"),
              row.get("program"),
              agents(row)));
    }
    return OK;
  }

  private static String agents(Map<String, Object> row) {
    List<String> agents = new ArrayList<>();
    if (row.get("otlp_agent") != null) {
      Object endpoint = row.get("endpoint");
      agents.add("otlp-agent " + row.get("otlp_agent") + (endpoint == null ? "" : " " + endpoint));
    }
    Object others = row.get("other_agents");
    if (others instanceof List) {
      for (Object other : (List<?>) others) {
        agents.add(String.valueOf(other));
      }
    }
    return agents.isEmpty() ? "-" : String.join(", ", agents);
  }

  private static Map<String, Object> row(JvmProcess process) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("pid", Long.valueOf(process.pid()));
    row.put("java", process.javaVersion());
    row.put("program", process.program());
    row.put("otlp_agent", null);
    row.put("endpoint", null);
    row.put("other_agents", process.agents());
    if (process.hasOurAgent()) {
      row.put("otlp_agent", process.agentVersion());
      row.put("endpoint", process.configuredEndpoint());
    }
    return row;
  }
}
