package io.otlpagent.instrumentation.trace;

/**
 * Where the parent of a span is.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/otel/">{@code
 *     otel.span.parent.origin}</a>
 */
public enum ParentOrigin {
  /** The span is the root of its trace. */
  NONE(0, "none"),
  /** In this process. */
  LOCAL(1, "local"),
  /** In the process that sent the request. */
  REMOTE(2, "remote");

  /** In the arrays of {@link SpanCounters}. */
  final int position;

  private final String label;

  ParentOrigin(int position, String label) {
    this.position = position;
    this.label = label;
  }

  static ParentOrigin of(Span span) {
    return span.parentRemote ? REMOTE : span.parentSpanId == 0 ? NONE : LOCAL;
  }

  /** OpenTelemetry's word for it. */
  public String label() {
    return label;
  }
}
