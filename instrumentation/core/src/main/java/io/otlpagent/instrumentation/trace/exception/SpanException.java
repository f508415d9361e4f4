package io.otlpagent.instrumentation.trace.exception;

import java.util.List;
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
  private final List<ThrownLink> links;
  private final List<String> codes;
  private final long epochNanos;

  private SpanException(
      String type,
      @Nullable String message,
      List<ThrownLink> links,
      List<String> codes,
      long epochNanos) {
    this.type = type;
    this.message = message;
    this.links = links;
    this.codes = codes;
    this.epochNanos = epochNanos;
  }

  public static SpanException of(Throwable thrown, long epochNanos) {
    String type = thrown.getClass().getName();
    ThrownWalk walk = ThrownWalk.of(thrown);
    return new SpanException(type, Thrown.message(thrown), walk.links(), walk.codes(), epochNanos);
  }

  /** The same with other texts. */
  public SpanException with(@Nullable String message, List<ThrownLink> links) {
    return new SpanException(type, message, links, codes, epochNanos);
  }

  public String type() {
    return type;
  }

  public @Nullable String message() {
    return message;
  }

  /** The throwables of the stack trace in their order, and what else a database said. */
  public List<ThrownLink> links() {
    return links;
  }

  /** States and numbers of errors of databases among them. */
  public List<String> codes() {
    return codes;
  }

  /** At most {@value #MAX_STACK_TRACE_LENGTH} characters. */
  public String stackTrace() {
    StringBuilder text = new StringBuilder(MAX_STACK_TRACE_LENGTH);
    for (ThrownLink link : links) {
      link.appendTo(text);
    }
    return text.substring(0, Math.min(text.length(), MAX_STACK_TRACE_LENGTH));
  }

  public long epochNanos() {
    return epochNanos;
  }
}
