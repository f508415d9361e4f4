package io.otlpagent.agent.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** One line of the log before it is written. Immutable. */
final class LogEvent {

  static final int DEBUG = 0;
  static final int INFO = 1;
  static final int WARN = 2;
  static final int ERROR = 3;

  private static final String[] LEVELS = {"DEBUG", "INFO", "WARN", "ERROR"};
  private static final String LOG_CLASS = AgentLog.class.getName();

  final int level;
  final String message;
  private final @Nullable Throwable thrown;
  private final long epochMillis;
  private final long threadId;
  private final @Nullable StackTraceElement caller;

  LogEvent(int level, String message, @Nullable Throwable thrown) {
    this.level = level;
    this.message = message;
    this.thrown = thrown;
    this.epochMillis = System.currentTimeMillis();
    this.threadId = Thread.currentThread().getId();
    this.caller = caller();
  }

  private static @Nullable StackTraceElement caller() {
    for (StackTraceElement element : new Throwable().getStackTrace()) {
      String name = element.getClassName();
      if (!name.equals(LOG_CLASS) && !name.equals(LogEvent.class.getName())) {
        return element;
      }
    }
    return null;
  }

  /**
   * @param repeated how often the same message was left out before
   */
  String json(boolean stackTrace, int repeated) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"timestamp\":\"").append(Rfc3339.format(epochMillis));
    out.append("\",\"level\":\"").append(LEVELS[level]).append("\",\"target\":");
    Json.string(out, caller == null ? "io.otlpagent" : caller.getClassName());
    out.append(",\"threadId\":").append(threadId);
    if (caller != null && caller.getFileName() != null) {
      Json.string(out.append(",\"file\":"), caller.getFileName());
      out.append(",\"line\":").append(caller.getLineNumber());
    }
    Json.string(out.append(",\"message\":"), message).append(",\"fields\":{");
    String separator = "";
    if (repeated > 0) {
      out.append("\"repeated\":").append(repeated);
      separator = ",";
    }
    if (thrown != null) {
      Json.string(out.append(separator).append("\"exception\":"), describe(thrown));
      if (stackTrace) {
        Json.string(out.append(",\"stackTrace\":"), stackTrace(thrown));
      }
    }
    return out.append("}}\n").toString();
  }

  /** {@link #json} for human eyes. */
  String text(boolean stackTrace, int repeated) {
    StringBuilder out = new StringBuilder(256);
    out.append(Rfc3339.format(epochMillis)).append(' ').append(LEVELS[level]).append(' ');
    out.append("[otlp-agent] ");
    appendOnOneLine(out, message);
    if (repeated > 0) {
      out.append(" (and ").append(repeated).append(" times before)");
    }
    if (thrown != null) {
      appendOnOneLine(out.append(": "), describe(thrown));
      if (stackTrace) {
        out.append('\n').append(stackTrace(thrown).trim());
      }
    }
    return out.append('\n').toString();
  }

  private static void appendOnOneLine(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A line break in a foreign message could pass for a line of the log.
      out.append(c < 0x20 || c == 0x7f ? ' ' : c);
    }
  }

  private static String describe(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (RuntimeException e) {
      return thrown.getClass().getName();
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    try {
      thrown.printStackTrace(new PrintWriter(text, true));
    } catch (RuntimeException e) {
      text.append(thrown.getClass().getName());
    }
    return text.toString();
  }
}
