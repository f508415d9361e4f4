package io.otlpagent.agent.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** How a JVM was started. Immutable. */
public final class LaunchFacts {

  private final List<String> jvmOptions;
  private final String command;
  private final Map<String, String> environment;

  /**
   * @param jvmOptions what the JVM took for itself
   * @param command the program and its arguments, as in {@code sun.java.command}
   */
  public LaunchFacts(List<String> jvmOptions, String command, Map<String, String> environment) {
    this.jvmOptions = Collections.unmodifiableList(new ArrayList<>(jvmOptions));
    this.command = command;
    this.environment = environment;
  }

  public List<String> jvmOptions() {
    return jvmOptions;
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
