package io.otlpagent.agent.logging.jul;

import io.otlpagent.agent.logging.AgentLog;
import org.jspecify.annotations.Nullable;

/**
 * Passes what grpc and its libraries log at WARNING and above on to the agent's log: warnings only
 * for debugging, because grpc repeats them and the exporter reports each failure itself. The rest
 * is dropped unformatted.
 */
public final class Logger {

  private final String name;

  private Logger(String name) {
    this.name = name;
  }

  public static Logger getLogger(String name) {
    return new Logger(name);
  }

  public String getName() {
    return name;
  }

  public boolean isLoggable(Level level) {
    return level.intValue() >= Level.WARNING.intValue();
  }

  public void log(Level level, String message) {
    write(level, message, null);
  }

  public void log(Level level, String message, @Nullable Throwable thrown) {
    write(level, message, thrown);
  }

  public void log(Level level, String message, @Nullable Object parameter) {
    log(level, message, new Object[] {String.valueOf(parameter)});
  }

  public void log(Level level, String message, Object @Nullable [] parameters) {
    if (isLoggable(level)) {
      write(level, format(message, parameters), null);
    }
  }

  public void log(LogRecord record) {
    if (isLoggable(record.getLevel())) {
      String message = format(record.getMessage(), record.getParameters());
      write(record.getLevel(), message, record.getThrown());
    }
  }

  public void severe(String message) {
    write(Level.SEVERE, message, null);
  }

  public void warning(String message) {
    write(Level.WARNING, message, null);
  }

  public void info(String message) {}

  public void config(String message) {}

  public void fine(String message) {}

  public void finer(String message) {}

  public void finest(String message) {}

  private void write(Level level, String message, @Nullable Throwable thrown) {
    if (!isLoggable(level)) {
      return;
    }
    String line = name + ": " + message + (thrown == null ? "" : ": " + thrown);
    if (level.intValue() >= Level.SEVERE.intValue()) {
      AgentLog.warn(line);
    } else {
      AgentLog.debug(line);
    }
  }

  /** Fills in {0}, {1} ...; the quoting of MessageFormat is not needed by anybody here. */
  private static String format(String message, Object @Nullable [] parameters) {
    String text = message;
    for (int i = 0; parameters != null && i < parameters.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(parameters[i]));
    }
    return text;
  }
}
