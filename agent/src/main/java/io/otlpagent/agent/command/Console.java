package io.otlpagent.agent.command;

import java.io.PrintStream;

/** Where results and errors go, and what the commands know of themselves. Immutable. */
final class Console {

  final PrintStream out;
  final PrintStream err;
  final String jar;

  /**
   * @param jar the path of the agent
   */
  Console(PrintStream out, PrintStream err, String jar) {
    this.out = out;
    this.err = err;
    this.jar = jar;
  }
}
