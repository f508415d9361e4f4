package io.otlpagent.agent.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version that the build wrote into the agent. */
public final class AgentVersion {

  private static final String VERSION = read();

  private AgentVersion() {}

  public static String get() {
    return VERSION;
  }

  private static String read() {
    String name = "io/otlpagent/agent/version.properties";
    try (InputStream in = AgentVersion.class.getClassLoader().getResourceAsStream(name)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException | NullPointerException e) {
      throw new IllegalStateException("the agent's jar lacks " + name, e);
    }
  }
}
