package io.otlpagent.agent.command;

import io.otlpagent.agent.doctor.JsonTree;
import io.otlpagent.agent.wiring.AgentVersion;
import java.util.Collections;

/** {@code version}. */
final class VersionCommand implements Command {

  @Override
  public String name() {
    return "version";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "Prints the version of this file";
  }

  @Override
  public String[] help() {
    return new String[] {"Always exits with 0."};
  }

  @Override
  public int run(Arguments arguments, Console console) throws CommandException {
    arguments.words(0);
    console.out.print(
        arguments.json()
            ? JsonTree.write(Collections.singletonMap("version", AgentVersion.get()))
            : AgentVersion.get() + System.lineSeparator());
    return OK;
  }
}
