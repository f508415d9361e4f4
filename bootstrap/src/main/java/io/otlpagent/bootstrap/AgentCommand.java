package io.otlpagent.bootstrap;

import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** What {@code java -jar otlp-agent.jar} does: says what the file is and how to use it. */
public final class AgentCommand {

  private AgentCommand() {}

  /** Prints to stdout; exits with 2 if it does not know the command. */
  public static void main(String[] arguments) throws IOException {
    String command = arguments.length == 0 ? "help" : arguments[0];
    switch (command) {
      case "version":
        System.out.println(version());
        break;
      case "help":
        System.out.println("otlp-agent " + version());
        System.out.println("Attach it to a JVM:  java -javaagent:otlp-agent.jar -jar app.jar");
        System.out.println("or for every JVM:    JAVA_TOOL_OPTIONS=-javaagent:otlp-agent.jar");
        System.out.println("Where to send spans: OTLP_ENDPOINT=http://localhost:4317");
        break;
      default:
        System.err.println("otlp-agent: unknown command '" + command + "'; try version or help");
        System.exit(2);
    }
  }

  private static String version() throws IOException {
    try (JarFile jar = AgentJar.find()) {
      return jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    }
  }
}
