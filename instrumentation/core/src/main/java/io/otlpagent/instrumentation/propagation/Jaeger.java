package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The header of Jaeger's clients, {@code uber-trace-id: trace:span:parent:flags}, in which colons
 * may be percent-encoded, and its baggage: a header {@code uberctx-<key>} for each member, and
 * {@code jaeger-baggage: k=v, k2=v2}, which people send by hand and which is read only.
 *
 * @see <a href="https://www.jaegertracing.io/sdk-migration/#propagation-format">Jaeger's
 *     propagation format</a>
 */
enum Jaeger implements PropagationFormat {
  INSTANCE;

  private static final String NAME = "uber-trace-id";
  private static final String BAGGAGE_LIST = "jaeger-baggage";
  private static final HeaderBaggage BAGGAGE = new HeaderBaggage("uberctx-", true);

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
  public <C> @Nullable String extractBaggage(C carrier, TextMapGetter<C> getter) {
    String first = getter.first(carrier, BAGGAGE_LIST);
    Enumeration<String> all = first == null ? null : getter.all(carrier, BAGGAGE_LIST);
    return BAGGAGE.extract(
        carrier, getter, first == null ? null : HeaderValues.join(first, all, Baggage.MAX_LENGTH));
  }

  @Override
  public <C> void inject(Span span, C carrier, TextMapSetter<C> setter) {
    setter.set(
        carrier,
        NAME,
        HexIds.traceId(span) + ':' + HexIds.spanId(span) + (span.sampled() ? ":0:1" : ":0:0"));
    BAGGAGE.inject(span.baggage(), carrier, setter);
  }
}
