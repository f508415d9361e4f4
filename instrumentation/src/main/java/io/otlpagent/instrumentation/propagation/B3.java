package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The headers of Zipkin: {@code b3}, or {@code X-B3-TraceId} and the others. Both are read, the
 * single one first; one of them is written. A trace whose sampling is left open counts as sampled,
 * a debug trace as well. A {@code b3} header without ids, which only says that nothing is to be
 * sampled, names no trace and is passed over.
 *
 * @see <a href="https://github.com/openzipkin/b3-propagation">B3 propagation</a>
 */
enum B3 implements PropagationFormat {
  SINGLE,
  MULTI;

  private static final String NAME = "b3";

  // In lower case, as HTTP/2 needs them; HTTP/1 does not mind.
  private static final String TRACE_ID = "x-b3-traceid";
  private static final String SPAN_ID = "x-b3-spanid";
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
      return null;
    }
    int rest = header.indexOf('-', spanId);
    boolean sampled = true;
    if (rest >= 0) {
      end = rest;
      int next = header.indexOf('-', rest + 1);
      sampled = isSampled(header.substring(rest + 1, next < 0 ? header.length() : next));
    }
    return HexIds.context(header, 0, spanId - 1, header, spanId, end, sampled);
  }

  private static <C> @Nullable SpanContext extractMulti(C carrier, TextMapGetter<C> getter) {
    String traceId = getter.first(carrier, TRACE_ID);
    String spanId = traceId == null ? null : getter.first(carrier, SPAN_ID);
    if (traceId == null || spanId == null) {
      return null;
    }
    String sampled = getter.first(carrier, SAMPLED);
    boolean debug = "1".equals(getter.first(carrier, FLAGS));
    return HexIds.context(
        traceId,
        0,
        traceId.length(),
        spanId,
        0,
        spanId.length(),
        debug || sampled == null || isSampled(sampled));
  }

  private static boolean isSampled(String text) {
    return !text.equals("0") && !text.equalsIgnoreCase("false");
  }

  @Override
  public <C> void inject(Span span, C carrier, TextMapSetter<C> setter) {
    String sampled = span.sampled() ? "1" : "0";
    if (this == SINGLE) {
      setter.set(carrier, NAME, HexIds.traceId(span) + '-' + HexIds.spanId(span) + '-' + sampled);
    } else {
      setter.set(carrier, TRACE_ID, HexIds.traceId(span));
      setter.set(carrier, SPAN_ID, HexIds.spanId(span));
      setter.set(carrier, SAMPLED, sampled);
    }
  }
}
