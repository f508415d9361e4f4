package io.otlpagent.smoke.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a JVM is started with: {@code java <options> <program>}. Variables of our own environment
 * that concern a JVM or an agent are not passed on.
 */
public final class JavaCommand {

  private final JavaHome home;
  private final List<String> options = new ArrayList<>();
  private final List<String> program = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();

  public JavaCommand(JavaHome home) {
    this.home = home;
  }

  public JavaCommand option(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  public JavaCommand options(List<String> more) {
    options.addAll(more);
    return this;
  }

  public JavaCommand environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** What to run: {@code -jar x.jar} or {@code -cp ... Main}, and its arguments. */
  public JavaCommand program(String... words) {
    program.addAll(List.of(words));
    return this;
  }

  /** Starts it with all three streams as pipes. */
  public JavaProcess start() throws IOException {
    return new JavaProcess(builder().start());
  }

  /**
   * Starts it with standard output and error in a file, so that nobody needs to read along;
   * standard input is a pipe.
   */
  public JavaProcess start(Path output) throws IOException {
    return new JavaProcess(
        builder().redirectErrorStream(true).redirectOutput(output.toFile()).start());
  }

  /** Starts it with our standard output and error; standard input is a pipe. */
  public JavaProcess startHere() throws IOException {
    return new JavaProcess(
        builder()
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private ProcessBuilder builder() {
    List<String> command = new ArrayList<>();
    command.add(home.java().toString());
    command.addAll(options);
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(JavaCommand::concernsJvmOrAgent);
    builder.environment().putAll(environment);
    return builder;
  }

  private static boolean concernsJvmOrAgent(String name) {
    return name.startsWith("OTEL_")
        || name.startsWith("OTLP_")
        || name.equals("JAVA_TOOL_OPTIONS")
        || name.equals("JDK_JAVA_OPTIONS")
        || name.equals("_JAVA_OPTIONS");
  }
}
