package io.otlpagent.agent.command;

/** One command of the command line. */
interface Command {

  /** Done, and nothing is wrong. */
  int OK = 0;

  /** It failed, or it found a problem. */
  int PROBLEM = 1;

  /** The command, its arguments or the file to validate are not valid. */
  int INVALID = 2;

  /** The word that calls it. */
  String name();

  /** What follows the name, such as {@code <pid> [key=value...]}; empty for nothing. */
  String usage();

  /** One line. */
  String summary();

  /** What else there is to say: arguments and exit codes; lines without an end. */
  String[] help();

  /**
   * Does it and returns the exit code. Results go to {@code console.out}, errors are thrown.
   *
   * @throws CommandException in the operator's words
   */
  int run(Arguments arguments, Console console) throws CommandException;
}
