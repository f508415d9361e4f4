package io.otlpagent.agent.command;

/** A command cannot go on; the message is for the operator and says what to do. */
final class CommandException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandException problem(String message) {
    return new CommandException(Command.PROBLEM, message);
  }

  /** The command line itself is wrong. */
  static CommandException usage(String message) {
    return new CommandException(Command.INVALID, message);
  }

  int exitCode() {
    return exitCode;
  }
}
