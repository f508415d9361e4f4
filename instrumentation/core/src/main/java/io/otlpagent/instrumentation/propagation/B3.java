package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The headers of Zipkin: {@code b3}, or {@code X-B3-TraceId} and the others. Both are read, the
 * single one first; one of them is written. A trace whose sampling is left open is decided by our
 * sampler; a debug trace is sampled and passed on as such. Headers without ids only decide: the
 * trace begins here.
 *
 * @see <a href="https://github.com/openzipkin/b3-propagation">B3 propagation</a>
 */
enum B3 implements PropagationFormat {
  SINGLE,
  MULTI;

  private static final String NAME = "b3";
  private static final String DEBUG = "d";

  // In lower case, as HTTP/2 needs them; HTTP/1 does not mind.
  private static final String TRACE_ID = "x-b3-traceid";
  private static final String SPAN_ID = "x-b3-spanid";
  private static final String PARENT_SPAN_ID = "x-b3-parentspanid";
  private static final String SAMPLED = "x-b3-sampled";
  private static final String FLAGS = "x-b3-flags";

  @Override
  public <C> @Nullable SpanContext extract(C carrier, TextMapGetter<C> getter) {
    String single = getter.first(carrier, NAME);
    SpanContext found = single == null ? null : parse(single);
    return found == null ? extractMulti(carrier, getter) : found;
  }

  private static @Nullable SpanContext parse(String header) {
    int end = header.length();
    int spanId = header.indexOf('-') + 1;
    if (spanId == 0) {
      return decision(header);
    }
    int rest = header.indexOf('-', spanId);
    int flags = SpanContext.UNDECIDED;
    if (rest >= 0) {
      end = rest;
      int next = header.indexOf('-', rest + 1);
      flags = flags(header.substring(rest + 1, next < 0 ? header.length() : next));
    }
    return HexIds.context(header, 0, spanId - 1, header, spanId, end, flags);
  }

  private static <C> @Nullable SpanContext extractMulti(C carrier, TextMapGetter<C> getter) {
    String traceId = getter.first(carrier, TRACE_ID);
    String spanId = getter.first(carrier, SPAN_ID);
    String sampled = getter.first(carrier, SAMPLED);
    if ("1".equals(getter.first(carrier, FLAGS))) {
      sampled = DEBUG;
    }
    if (traceId == null || spanId == null) {
      return traceId == null && spanId == null && sampled != null ? decision(sampled) : null;
    }
    return HexIds.context(
        traceId,
        0,
        traceId.length(),
        spanId,
        0,
        spanId.length(),
        sampled == null ? SpanContext.UNDECIDED : flags(sampled));
  }

  /** What a caller decided who names no trace; null if it is not understood. */
  private static @Nullable SpanContext decision(String text) {
    int flags = flags(text);
    return flags == SpanContext.UNDECIDED ? null : SpanContext.decision(flags);
  }

  /** What is not understood decides nothing. */
  private static int flags(String text) {
    if (text.equals(DEBUG)) {
      return SpanContext.SAMPLED | SpanContext.DEBUG;
    }
    if (text.equals("1") || text.equalsIgnoreCase("true")) {
      return SpanContext.SAMPLED;
    }
    return text.equals("0") || text.equalsIgnoreCase("false") ? 0 : SpanContext.UNDECIDED;
  }

  @Override
  public <C> void inject(Span span, C carrier, TextMapSetter<C> setter) {
    String sampled = span.debugged() ? DEBUG : span.sampled() ? "1" : "0";
    if (this == SINGLE) {
      setter.set(carrier, NAME, HexIds.traceId(span) + '-' + HexIds.spanId(span) + '-' + sampled);
    } else {
      setter.set(carrier, TRACE_ID, HexIds.traceId(span));
      setter.set(carrier, SPAN_ID, HexIds.spanId(span));
      // That of a debug trace goes without saying.
      setter.set(carrier, span.debugged() ? FLAGS : SAMPLED, span.debugged() ? "1" : sampled);
      setter.leaveOut(carrier, span.debugged() ? SAMPLED : FLAGS);
      setter.leaveOut(carrier, PARENT_SPAN_ID);
    }
  }
}
