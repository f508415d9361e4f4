package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The header of Jaeger's clients, {@code uber-trace-id: trace:span:parent:flags}, in which colons
 * may be percent-encoded. Its baggage headers are neither read nor written.
 *
 * @see <a href="https://www.jaegertracing.io/sdk-migration/#propagation-format">Jaeger's
 *     propagation format</a>
 */
enum Jaeger implements PropagationFormat {
  INSTANCE;

  private static final String NAME = "uber-trace-id";

  @Override
  public <C> @Nullable SpanContext extract(C carrier, TextMapGetter<C> getter) {
    String header = getter.first(carrier, NAME);
    if (header == null) {
      return null;
    }
    String text = header.indexOf('%') < 0 ? header : header.replace("%3A", ":").replace("%3a", ":");
    int spanId = text.indexOf(':') + 1;
    int parent = text.indexOf(':', spanId) + 1;
    int flags = text.indexOf(':', parent) + 1;
    if (spanId == 0 || parent == 0 || flags == 0 || text.indexOf(':', flags) >= 0) {
      return null;
    }
    int sampled = (int) HexIds.parse(text, flags, text.length()) & SpanContext.SAMPLED;
    return HexIds.context(text, 0, spanId - 1, text, spanId, parent - 1, sampled);
  }

  @Override
  public <C> void inject(Span span, C carrier, TextMapSetter<C> setter) {
    setter.set(
        carrier,
        NAME,
        HexIds.traceId(span) + ':' + HexIds.spanId(span) + (span.sampled() ? ":0:1" : ":0:0"));
  }
}
