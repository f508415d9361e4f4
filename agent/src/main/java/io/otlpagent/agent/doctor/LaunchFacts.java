package io.otlpagent.agent.doctor;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How a JVM was started. Immutable. */
public final class LaunchFacts {

  private final List<String> jvmOptions;
  private final String command;
  private final Map<String, String> environment;
  private final UnaryOperator<File> files;

  /**
   * @param jvmOptions what the JVM took for itself
   * @param command the program and its arguments, as in {@code sun.java.command}
   */
  public LaunchFacts(List<String> jvmOptions, String command, Map<String, String> environment) {
    this(jvmOptions, command, environment, UnaryOperator.identity());
  }

  /**
   * @param files where a file of the JVM is for this process
   */
  public LaunchFacts(
      List<String> jvmOptions,
      String command,
      Map<String, String> environment,
      UnaryOperator<File> files) {
    this.jvmOptions = Collections.unmodifiableList(new ArrayList<>(jvmOptions));
    this.command = command;
    this.environment = environment;
    this.files = files;
  }

  public List<String> jvmOptions() {
    return jvmOptions;
  }

  /** Where a file of the JVM is for this process; it need not be there. */
  File file(String path) {
    return files.apply(new File(path));
  }

  /** Secret: an argument may be a password. */
  String command() {
    return command;
  }

  /** Secret: only the names are for showing. */
  Map<String, String> environment() {
    return environment;
  }
}
