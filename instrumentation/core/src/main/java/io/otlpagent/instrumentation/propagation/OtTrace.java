package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The headers of OpenTracing's basic tracers and of Lightstep: {@code ot-tracer-traceid} and the
 * others, and a header for each member of the baggage. Of a trace id the right half is written,
 * which is all that those tracers take; both halves are read. A trace of which nothing says whether
 * it is sampled is ours to decide.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/context/api-propagators/">OT Trace</a>
 */
enum OtTrace implements PropagationFormat {
  INSTANCE;

  private static final String TRACE_ID = "ot-tracer-traceid";
  private static final String SPAN_ID = "ot-tracer-spanid";
  private static final String SAMPLED = "ot-tracer-sampled";
  private static final int LONG_DIGITS = 16;
  private static final HeaderBaggage BAGGAGE = new HeaderBaggage("ot-baggage-", false);

  @Override
  public <C> @Nullable SpanContext extract(C carrier, TextMapGetter<C> getter) {
    String traceId = getter.first(carrier, TRACE_ID);
    String spanId = getter.first(carrier, SPAN_ID);
    return traceId == null || spanId == null
        ? null
        : HexIds.context(
            traceId,
            0,
            traceId.length(),
            spanId,
            0,
            spanId.length(),
            flags(getter.first(carrier, SAMPLED)));
  }

  private static int flags(@Nullable String sampled) {
    if ("true".equalsIgnoreCase(sampled) || "1".equals(sampled)) {
      return SpanContext.SAMPLED;
    }
    return "false".equalsIgnoreCase(sampled) || "0".equals(sampled) ? 0 : SpanContext.UNDECIDED;
  }

  @Override
  public <C> @Nullable String extractBaggage(C carrier, TextMapGetter<C> getter) {
    return BAGGAGE.extract(carrier, getter, null);
  }

  @Override
  public <C> void inject(Span span, C carrier, TextMapSetter<C> setter) {
    setter.set(carrier, TRACE_ID, HexIds.traceId(span).substring(LONG_DIGITS));
    setter.set(carrier, SPAN_ID, HexIds.spanId(span));
    setter.set(carrier, SAMPLED, span.sampled() ? "true" : "false");
    BAGGAGE.inject(span.baggage(), carrier, setter);
  }
}
