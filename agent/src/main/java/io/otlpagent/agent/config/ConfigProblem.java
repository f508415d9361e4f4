package io.otlpagent.agent.config;

/** One remark on a file of settings. Immutable. */
public final class ConfigProblem {

  private final int line;
  private final boolean error;
  private final String message;

  ConfigProblem(int line, boolean error, String message) {
    this.line = line;
    this.error = error;
    this.message = message;
  }

  /** From 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** Whether something would not take effect as it is written. */
  public boolean error() {
    return error;
  }

  /** In the operator's words, without the file. */
  public String message() {
    return message;
  }

  @Override
  public String toString() {
    return line + ": " + (error ? "error: " : "warning: ") + message;
  }
}
