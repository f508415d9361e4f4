package io.otlpagent.instrumentation.trace;

/** Sets what the tracer sets otherwise, for tests of other packages. */
public final class SpanFields {

  private SpanFields() {}

  public static void traceIdLow(Span span, long traceIdLow) {
    span.traceIdLow = traceIdLow;
  }

  public static void startNanoTime(Span span, long startNanoTime) {
    span.startNanoTime = startNanoTime;
  }
}
