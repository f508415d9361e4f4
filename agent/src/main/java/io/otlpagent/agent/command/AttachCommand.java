package io.otlpagent.agent.command;

import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.doctor.JsonTree;
import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code attach}: puts the agent into a JVM that runs already. */
final class AttachCommand implements Command {

  private static final String VERSION = "otlp.agent.version";
  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final int POLL_MILLIS = 20;

  @Override
  public String name() {
    return "attach";
  }

  @Override
  public String usage() {
    return "<pid> [key=value...]";
  }

  @Override
  public String summary() {
    return "Puts the agent into a running JVM";
  }

  @Override
  public String[] help() {
    return new String[] {
      "key=value are settings, such as service.name=shop or otlp.endpoint=http://collector:4317;",
      "they win over those of the JVM's environment. Classes that are loaded already are changed",
      "too; the answer says which instrumentations are in place and what cannot be changed. The",
      "agent stays until the JVM ends: there is no detach.",
      "",
      "Run it as the user that the JVM runs as, in the same container, with the java of a JDK.",
      "From Java 21 on the JVM prints a warning when an agent is loaded into it; start it with",
      "-XX:+EnableDynamicAgentLoading to have none, or with -javaagent: in the first place.",
      "",
      "Exit codes: 0 attached, 1 not attached (or an agent is there), 2 not a valid command.",
    };
  }

  @Override
  public int run(Arguments arguments, Console console) throws CommandException {
    List<String> words = arguments.words(Integer.MAX_VALUE, "the pid");
    String pid = words.get(0);
    if (!JvmProcesses.isNumber(pid)) {
      throw CommandException.usage("'" + pid + "' is no process id; the command list shows them");
    }
    String options = options(words.subList(1, words.size()));
    if (!new File(console.jar).isAbsolute() && !new File(console.jar).isFile()) {
      throw CommandException.problem("cannot find " + console.jar);
    }
    long start = System.nanoTime();
    try (AttachApi jvm = AttachApi.attach(pid)) {
      String present = jvm.agentProperties().getProperty(VERSION);
      if (present != null) {
        throw CommandException.problem(
            "JVM " + pid + " already has otlp-agent " + present + "; see doctor " + pid);
      }
      jvm.loadAgent(new File(console.jar).getAbsolutePath(), options);
      Properties properties = await(jvm, pid, start);
      report(pid, properties, System.nanoTime() - start, arguments.json(), console);
      return OK;
    } catch (IOException e) {
      throw CommandException.problem("the connection to JVM " + pid + " broke: " + e.getMessage());
    }
  }

  private static String options(List<String> settings) throws CommandException {
    for (String setting : settings) {
      if (setting.indexOf('=') <= 0) {
        throw CommandException.usage("'" + setting + "' is not of the form key=value");
      }
      if (setting.indexOf(';') >= 0) {
        throw CommandException.usage("'" + setting + "': write one key=value a word, without ;");
      }
    }
    String options = String.join(";", settings);
    List<String> warnings =
        AgentConfigLoader.load(options, new Properties(), Collections.<String, String>emptyMap())
            .warnings();
    if (!warnings.isEmpty()) {
      throw CommandException.usage(warnings.get(0));
    }
    return options;
  }

  /** The agent says that it is there when its thread has begun to work. */
  private static Properties await(AttachApi jvm, String pid, long start) throws CommandException {
    Properties properties = jvm.agentProperties();
    while (properties.getProperty(VERSION) == null) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw CommandException.problem(
            "JVM "
                + pid
                + " has loaded the agent, which did not start: its standard error says why, such"
                + " as OTEL_JAVAAGENT_ENABLED=false or a run that records a class archive");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        throw CommandException.problem("interrupted");
      }
      properties = jvm.agentProperties();
    }
    return properties;
  }

  private static void report(
      String pid, Properties properties, long nanos, boolean json, Console console) {
    String endpoint = properties.getProperty("otlp.agent.endpoint");
    Map<?, ?> doctor = doctor(endpoint, console);
    if (json) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("pid", Long.valueOf(pid));
      tree.put("version", properties.getProperty(VERSION));
      tree.put("millis", nanos / 1_000_000);
      tree.put("classes_changed", Long.valueOf(properties.getProperty("otlp.agent.rewoven", "0")));
      tree.put("endpoint", endpoint);
      tree.put("not_changed", doctor == null ? null : new DoctorText(doctor).notChanged());
      console.out.print(JsonTree.write(tree));
      return;
    }
    JvmProcess process = JvmProcesses.find(pid);
    console.out.println(
        "otlp-agent "
            + properties.getProperty(VERSION)
            + " is in JVM "
            + pid
            + (process == null ? "" : " (" + process.program() + ")")
            + " after "
            + nanos / 1_000_000
            + " ms");
    console.out.println(
        properties.getProperty("otlp.agent.rewoven")
            + " classes that were loaded before now call it; the rest as they are loaded");
    if (doctor == null) {
      console.out.println("Its endpoint is off: its log says how it does.");
      return;
    }
    DoctorText text = new DoctorText(doctor);
    for (String line : text.findings()) {
      console.out.println(line);
    }
    for (String line : text.service()) {
      console.out.println(line);
    }
    for (String line : text.instrumentations(false)) {
      console.out.println(line);
    }
    console.out.println("More: java -jar otlp-agent.jar doctor " + pid);
  }

  private static @Nullable Map<?, ?> doctor(@Nullable String endpoint, Console console) {
    if (endpoint == null) {
      return null;
    }
    try {
      return AgentEndpoint.parse(AgentEndpoint.doctor(endpoint));
    } catch (CommandException e) {
      console.err.println(e.getMessage());
      return null;
    }
  }
}
