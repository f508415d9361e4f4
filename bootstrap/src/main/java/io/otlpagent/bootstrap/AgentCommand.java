package io.otlpagent.bootstrap;

import java.util.jar.JarFile;

/** What {@code java -jar otlp-agent.jar} does: hands over to the command line inside the agent. */
public final class AgentCommand {

  private AgentCommand() {}

  /** Exits with 0 (done), 1 (failed, or a problem was found) or 2 (not a valid command or file). */
  public static void main(String[] arguments) throws Exception {
    int code;
    JarFile jar = AgentJar.find();
    try {
      Object result =
          AgentClassLoader.open(jar)
              .loadClass("io.otlpagent.agent.command.CommandLine")
              .getMethod("run", String.class, String[].class)
              .invoke(null, jar.getName(), arguments);
      code = (Integer) result;
    } finally {
      System.out.flush();
    }
    // Not by returning: a library's thread must not keep a finished command alive.
    System.exit(code);
  }
}
