package io.otlpagent.instrumentation.trace;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code exception} event says. Read from the exception on the thread that threw it,
 * because an application may compute its message. Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/">Semantic
 *     conventions for exceptions on spans</a>
 */
public final class SpanException {

  /** The most characters of a stack trace that are kept. */
  static final int MAX_STACK_TRACE_LENGTH = 8 * 1024;

  private final String type;
  private final @Nullable String message;
  private final String stackTrace;
  private final long epochNanos;

  private SpanException(String type, @Nullable String message, String stackTrace, long epochNanos) {
    this.type = type;
    this.message = message;
    this.stackTrace = stackTrace;
    this.epochNanos = epochNanos;
  }

  static SpanException of(Throwable thrown, long epochNanos) {
    String type = thrown.getClass().getName();
    try {
      return new SpanException(type, thrown.getMessage(), stackTrace(thrown), epochNanos);
    } catch (RuntimeException | StackOverflowError e) {
      // The application's own getMessage failed; the type is still worth having.
      return new SpanException(type, null, "", epochNanos);
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    thrown.printStackTrace(writer);
    writer.flush();
    StringBuffer buffer = text.getBuffer();
    return buffer.substring(0, Math.min(buffer.length(), MAX_STACK_TRACE_LENGTH));
  }

  public String type() {
    return type;
  }

  public @Nullable String message() {
    return message;
  }

  /** At most {@value #MAX_STACK_TRACE_LENGTH} characters. */
  public String stackTrace() {
    return stackTrace;
  }

  public long epochNanos() {
    return epochNanos;
  }
}
