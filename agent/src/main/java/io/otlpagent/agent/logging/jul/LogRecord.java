package io.otlpagent.agent.logging.jul;

import org.jspecify.annotations.Nullable;

/** One message on its way to a {@link Logger}. Used by one thread. */
public final class LogRecord {

  private final Level level;
  private final String message;
  private @Nullable Throwable thrown;
  private Object @Nullable [] parameters;

  public LogRecord(Level level, String message) {
    this.level = level;
    this.message = message;
  }

  public Level getLevel() {
    return level;
  }

  public String getMessage() {
    return message;
  }

  public @Nullable Throwable getThrown() {
    return thrown;
  }

  public void setThrown(@Nullable Throwable thrown) {
    this.thrown = thrown;
  }

  public Object @Nullable [] getParameters() {
    return parameters;
  }

  public void setParameters(Object @Nullable [] parameters) {
    this.parameters = parameters;
  }

  public void setLoggerName(@Nullable String name) {}

  public void setSourceClassName(@Nullable String name) {}

  public void setSourceMethodName(@Nullable String name) {}
}
