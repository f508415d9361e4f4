package io.otlpagent.agent.logging;

/** The agent's own log: lines on stderr. Thread-safe. */
public final class AgentLog {

  private AgentLog() {}

  public static void error(String message) {
    write("ERROR", message);
  }

  public static void warn(String message) {
    write("WARN", message);
  }

  public static void info(String message) {
    write("INFO", message);
  }

  public static void debug(String message) {}

  private static void write(String level, String message) {
    System.err.println("[otlp-agent] " + level + " " + message);
  }
}
