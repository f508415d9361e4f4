package io.otlpagent.agent.command;

import io.otlpagent.agent.doctor.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code doctor}: what is wrong, why, and what to do about it. */
final class DoctorCommand implements Command {

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String usage() {
    return "[pid | url]";
  }

  @Override
  public String summary() {
    return "Reports problems and what to change";
  }

  @Override
  public String[] help() {
    return new String[] {
      "With a pid: the agent in that JVM is asked; without one in it, how the JVM was started is",
      "examined. With a URL: that of an agent's endpoint, such as http://localhost:9464. Without",
      "either: what an agent would do that is started here, with this environment.",
      "",
      "It shows versions, the service's name and where it comes from, the settings with their",
      "origins, options in the wrong place, other agents, whether the collector takes spans",
      "(protocol, TLS, credentials), the state of each instrumentation, and lost spans.",
      "Values of headers are never shown.",
      "",
      "Exit codes: 0 no error was found (there may be warnings), 1 an error, or no answer, 2 not a",
      "valid command.",
    };
  }

  @Override
  public int run(Arguments arguments, Console console) throws CommandException {
    List<String> words = arguments.words(1);
    String json;
    if (words.isEmpty()) {
      json = JsonTree.write(LocalDoctor.ofThisEnvironment());
    } else if (JvmProcesses.isNumber(words.get(0))) {
      json = ofProcess(words.get(0));
    } else if (words.get(0).contains(":") || words.get(0).contains(".")) {
      json = AgentEndpoint.doctor(words.get(0));
    } else {
      throw CommandException.usage("'" + words.get(0) + "' is neither a pid nor a URL");
    }
    DoctorText text = new DoctorText(AgentEndpoint.parse(json));
    if (arguments.json()) {
      console.out.print(json);
    } else {
      for (String line : text.lines()) {
        console.out.println(line);
      }
    }
    return text.sick() ? PROBLEM : OK;
  }

  private static String ofProcess(String pid) throws CommandException {
    JvmProcess process = JvmProcesses.find(pid);
    if (process != null && (!process.attachable() || !process.mayHaveOurAgent())) {
      return JsonTree.write(LocalDoctor.of(process));
    }
    Properties properties = properties(pid);
    String endpoint = properties.getProperty("otlp.agent.endpoint");
    if (endpoint != null) {
      return ofAgent(pid, endpoint, properties.getProperty("otlp.agent.instance"));
    }
    if (process == null) {
      throw CommandException.problem(
          "JVM " + pid + " has no otlp-agent with an endpoint, and its files cannot be read");
    }
    return JsonTree.write(LocalDoctor.of(process));
  }

  /**
   * What the agent of a JVM says.
   *
   * @param instance of the agent in the JVM; null if it does not say
   */
  static String ofAgent(String pid, String endpoint, @Nullable String instance)
      throws CommandException {
    // In a container the loopback address is another one, where another agent may answer.
    if (!new ProcFiles(pid).sharesNetwork()) {
      throw elsewhere(pid, endpoint, "which is not reached from here");
    }
    String json = AgentEndpoint.doctor(endpoint);
    requireFrom(instance, pid, endpoint, json);
    return json;
  }

  static void requireFrom(@Nullable String instance, String pid, String endpoint, String json)
      throws CommandException {
    Object agent = AgentEndpoint.parse(json).get("agent");
    Object answering = agent instanceof Map ? ((Map<?, ?>) agent).get("instance") : null;
    if (instance != null && !instance.equals(answering)) {
      throw elsewhere(pid, endpoint, "where another JVM answers");
    }
  }

  private static CommandException elsewhere(String pid, String endpoint, String why) {
    return CommandException.problem(
        "JVM "
            + pid
            + " names its endpoint "
            + endpoint
            + ", "
            + why
            + ": it is in a container, so run doctor there, or give the URL under which its"
            + " endpoint is reached from here");
  }

  private static Properties properties(String pid) throws CommandException {
    try (AttachApi jvm = AttachApi.attach(pid)) {
      return jvm.agentProperties();
    } catch (IOException e) {
      throw CommandException.problem("the connection to JVM " + pid + " broke: " + e.getMessage());
    }
  }
}
