package io.otlpagent.instrumentation.trace;

/**
 * The kinds of span that the agent makes, with their numbers on the wire (OTLP {@code SpanKind}).
 */
public enum SpanKind {
  INTERNAL(1),
  SERVER(2),
  CLIENT(3);

  private final int number;

  SpanKind(int number) {
    this.number = number;
  }

  /** The number of this kind in {@code opentelemetry.proto.trace.v1.Span.SpanKind}. */
  public int number() {
    return number;
  }
}
