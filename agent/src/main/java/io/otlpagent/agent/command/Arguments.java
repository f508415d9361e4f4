package io.otlpagent.agent.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What follows the name of a command. Immutable. */
final class Arguments {

  private final List<String> words;
  private final boolean json;
  private final boolean help;

  private Arguments(List<String> words, boolean json, boolean help) {
    this.words = Collections.unmodifiableList(words);
    this.json = json;
    this.help = help;
  }

  static Arguments parse(List<String> arguments) throws CommandException {
    List<String> words = new ArrayList<>();
    boolean json = false;
    boolean help = false;
    for (String argument : arguments) {
      if (argument.equals("--json")) {
        json = true;
      } else if (argument.equals("--help") || argument.equals("-h")) {
        help = true;
      } else if (argument.startsWith("-") && argument.length() > 1) {
        throw CommandException.usage(
            "unknown option " + argument + "; there are --json and --help");
      } else {
        words.add(argument);
      }
    }
    return new Arguments(words, json, help);
  }

  /** Whether the result is wanted as JSON. */
  boolean json() {
    return json;
  }

  boolean help() {
    return help;
  }

  /** What is no option. */
  List<String> words() {
    return words;
  }

  /**
   * The words, if there are as many as there may be.
   *
   * @param names of those that must be there
   */
  List<String> words(int most, String... names) throws CommandException {
    if (words.size() < names.length) {
      throw CommandException.usage(names[words.size()] + " is missing");
    }
    if (words.size() > most) {
      throw CommandException.usage("unexpected: " + words.get(most));
    }
    return words;
  }
}
