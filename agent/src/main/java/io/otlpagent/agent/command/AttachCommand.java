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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** {@code attach}: puts the agent into a JVM that runs already. */
final class AttachCommand implements Command {

  private static final String VERSION = "otlp.agent.version";
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int POLL_MILLIS = 20;

  /** Where an agent says that it is there. */
  interface Answers {
    Properties properties() throws CommandException;
  }

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
    return "Loads the agent into a running JVM";
  }

  @Override
  public String[] help() {
    return new String[] {
      "key=value are settings, such as service.name=shop or otlp.endpoint=http://collector:4317;",
      "they win over those of the JVM's environment. Classes that are loaded already are changed",
      "too; the answer says which instrumentations are in place and what cannot be changed. The",
      "agent stays until the JVM ends: there is no detach.",
      "",
      "Run it as the user that the JVM runs as, with the java of a JDK. From outside of the JVM's",
      "container give its process id outside; the jar must be there inside under the same path.",
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
      String jar = new File(console.jar).getAbsolutePath();
      requireSeen(pid, jar);
      jvm.loadAgent(jar, options);
      Properties properties = await(jvm::agentProperties, pid, System::nanoTime);
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
        throw CommandException.usage(
            "'" + setting + "': write one key=value per argument," + " without ;");
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

  /**
   * In a container the same path is another file, or none. The jar is not put there: a privileged
   * user must not write through folders that the container's own users may have replaced by links.
   */
  private static void requireSeen(String pid, String jar) throws CommandException {
    ProcFiles files = new ProcFiles(pid);
    if (!files.sharesFiles() && !files.file("root" + jar).isFile()) {
      throw CommandException.problem(
          "JVM "
              + pid
              + " sees other files than this command (a container, or a service with a"
              + " private /tmp), and there is no "
              + jar
              + " among them: copy the jar there under that path (docker cp, kubectl cp), then"
              + " attach again");
    }
  }

  /**
   * The agent says that it is there when its thread has begun to work. Its time begins now, however
   * long a busy JVM has taken to load it.
   *
   * @param clock like {@link System#nanoTime}
   */
  static Properties await(Answers jvm, String pid, LongSupplier clock) throws CommandException {
    long loaded = clock.getAsLong();
    Properties properties = jvm.properties();
    while (properties.getProperty(VERSION) == null) {
      if (clock.getAsLong() - loaded > PATIENCE_NANOS) {
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
      properties = jvm.properties();
    }
    return properties;
  }

  private static void report(
      String pid, Properties properties, long nanos, boolean json, Console console) {
    String endpoint = properties.getProperty("otlp.agent.endpoint");
    Map<?, ?> doctor =
        endpoint == null
            ? null
            : doctor(pid, endpoint, properties.getProperty("otlp.agent.instance"), console);
    if (json) {
      console.out.print(JsonTree.write(tree(pid, properties, nanos, doctor)));
      return;
    }
    success(pid, properties, nanos, console);
    if (doctor == null) {
      console.out.println(
          endpoint == null
              ? "Its endpoint is off; its log has its status."
              : "Its log has its status.");
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

  private static Map<String, Object> tree(
      String pid, Properties properties, long nanos, @Nullable Map<?, ?> doctor) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("pid", Long.valueOf(pid));
    tree.put("version", properties.getProperty(VERSION));
    tree.put("millis", nanos / 1_000_000);
    tree.put("classes_changed", Long.valueOf(properties.getProperty("otlp.agent.rewoven", "0")));
    tree.put("endpoint", properties.getProperty("otlp.agent.endpoint"));
    tree.put("not_changed", doctor == null ? null : new DoctorText(doctor).notChanged());
    return tree;
  }

  private static void success(String pid, Properties properties, long nanos, Console console) {
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
    String rewoven = properties.getProperty("otlp.agent.rewoven", "0");
    console.out.println(
        (rewoven.equals("1") ? "1 class that was" : rewoven + " classes that were")
            + " loaded before "
            + (rewoven.equals("1") ? "now calls it" : "now call it")
            + "; the rest as they are loaded");
  }

  private static @Nullable Map<?, ?> doctor(
      String pid, String endpoint, @Nullable String instance, Console console) {
    try {
      return AgentEndpoint.parse(DoctorCommand.ofAgent(pid, endpoint, instance));
    } catch (CommandException e) {
      console.err.println(e.getMessage());
      return null;
    }
  }
}
