package io.otlpagent.agent.command;

import io.otlpagent.agent.config.UnknownNames;
import io.otlpagent.agent.wiring.AgentVersion;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the command, runs it, and says what went wrong. */
public final class CommandLine {

  private static final List<Command> COMMANDS =
      Arrays.asList(
          new AttachCommand(),
          new ListCommand(),
          new DoctorCommand(),
          new ValidateCommand(),
          new VersionCommand());

  private CommandLine() {}

  /**
   * Runs a command and returns the exit code.
   *
   * @param jar the path of the agent
   */
  public static int run(String jar, String[] arguments) {
    return run(new Console(System.out, System.err, jar), arguments);
  }

  static int run(Console console, String... arguments) {
    String name = arguments.length == 0 ? "help" : arguments[0];
    List<String> rest =
        arguments.length == 0
            ? Collections.<String>emptyList()
            : Arrays.asList(arguments).subList(1, arguments.length);
    if (name.equals("--help") || name.equals("-h")) {
      name = "help";
    } else if (name.equals("--version") || name.equals("-v")) {
      name = "version";
    }
    if (name.equals("help")) {
      return help(rest, console);
    }
    Command command = find(name);
    if (command == null) {
      return unknown(name, console);
    }
    try {
      Arguments parsed = Arguments.parse(rest);
      if (parsed.help()) {
        return help(Collections.singletonList(name), console);
      }
      return command.run(parsed, console);
    } catch (CommandException e) {
      console.err.println("otlp-agent " + name + ": " + e.getMessage());
      if (e.exitCode() == Command.INVALID) {
        console.err.println("usage: " + usage(command));
      }
      return e.exitCode();
    }
  }

  private static @Nullable Command find(String name) {
    for (Command command : COMMANDS) {
      if (command.name().equals(name)) {
        return command;
      }
    }
    return null;
  }

  private static int unknown(String name, Console console) {
    String nearest = "help";
    int best = Integer.MAX_VALUE;
    for (Command command : COMMANDS) {
      int distance = UnknownNames.distance(name.toLowerCase(Locale.ROOT), command.name());
      if (distance < best) {
        best = distance;
        nearest = command.name();
      }
    }
    console.err.println(
        "otlp-agent: unknown command '" + name + "'; did you mean " + nearest + "? Try help");
    return Command.INVALID;
  }

  private static int help(List<String> topic, Console console) {
    if (topic.isEmpty()) {
      overview(console);
      return Command.OK;
    }
    Command command = find(topic.get(0));
    if (command == null) {
      return unknown(topic.get(0), console);
    }
    console.out.println(command.summary());
    console.out.println();
    console.out.println("  " + usage(command));
    console.out.println();
    for (String line : command.help()) {
      console.out.println(line);
    }
    return Command.OK;
  }

  private static String usage(Command command) {
    String words = command.usage().isEmpty() ? "" : " " + command.usage();
    return "java -jar otlp-agent.jar " + command.name() + words;
  }

  private static void overview(Console console) {
    console.out.println("otlp-agent " + AgentVersion.get() + ", a tracing agent for Java");
    console.out.println();
    console.out.println("Start a JVM with it:   java -javaagent:otlp-agent.jar -jar app.jar");
    console.out.println("or every JVM:          JAVA_TOOL_OPTIONS=-javaagent:otlp-agent.jar");
    console.out.println("Where spans go:        OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317");
    console.out.println();
    console.out.println("Commands:");
    for (Command command : COMMANDS) {
      String call = command.name() + " " + command.usage();
      console.out.println(String.format(Locale.ROOT, "  %-30s %s", call, command.summary()));
    }
    console.out.println(
        String.format(Locale.ROOT, "  %-30s %s", "help [command]", "Prints the help of a command"));
    console.out.println();
    console.out.println("--json prints results for machines. Exit codes: 0 done, 1 failed or a");
    console.out.println("problem was found, 2 not a valid command line or not a valid file.");
  }
}
