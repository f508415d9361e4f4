package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the trace from the headers of a request and puts it into those of the next one. Stateless
 * but for what the operator switched off; called on application threads.
 */
public final class Propagation {

  public static final String TRACEPARENT = "traceparent";
  public static final String TRACESTATE = "tracestate";
  public static final String BAGGAGE = "baggage";

  private static final PropagationFormat[] NONE = {};

  // Replaced as a whole when the settings change, read once by every request.
  private static volatile Headers headers = new Headers(true, true, NONE);

  private Propagation() {}

  /** Switches the W3C's headers on or off, and all others off; both are on by default. */
  public static void configure(boolean traceContextEnabled, boolean baggageEnabled) {
    headers = new Headers(traceContextEnabled, baggageEnabled, NONE);
  }

  /**
   * Chooses the headers.
   *
   * @param names of {@code tracecontext}, {@code baggage}, {@code b3}, {@code b3multi}, {@code
   *     jaeger}, {@code xray} and {@code ottrace}; others are passed over
   */
  public static void configure(List<String> names) {
    List<PropagationFormat> formats = new ArrayList<>();
    for (String name : names) {
      if (name.equals("b3")) {
        formats.add(B3.SINGLE);
      } else if (name.equals("b3multi")) {
        formats.add(B3.MULTI);
      } else if (name.equals("jaeger")) {
        formats.add(Jaeger.INSTANCE);
      } else if (name.equals("xray")) {
        formats.add(XRay.INSTANCE);
      } else if (name.equals("ottrace")) {
        formats.add(OtTrace.INSTANCE);
      }
    }
    headers =
        new Headers(
            names.contains("tracecontext"),
            names.contains(BAGGAGE),
            formats.isEmpty() ? NONE : formats.toArray(new PropagationFormat[0]));
  }

  /**
   * The caller's span; null if the request names none, or not exactly one valid one. The W3C's
   * header is asked first, then the others in the operator's order.
   */
  public static <C> @Nullable SpanContext extract(C carrier, TextMapGetter<C> getter) {
    Headers chosen = headers;
    SpanContext found = chosen.traceContext ? extractTraceContext(carrier, getter) : null;
    if (found == null) {
      for (PropagationFormat format : chosen.others) {
        found = format.extract(carrier, getter);
        if (found != null) {
          return found;
        }
      }
    }
    return found;
  }

  private static <C> @Nullable SpanContext extractTraceContext(C carrier, TextMapGetter<C> getter) {
    String header = getter.first(carrier, TRACEPARENT);
    if (header == null || repeated(getter.all(carrier, TRACEPARENT))) {
      return null;
    }
    int start = TraceParent.find(header);
    if (start < 0) {
      return null;
    }
    String state = getter.first(carrier, TRACESTATE);
    return new SpanContext(
        TraceParent.traceIdHigh(header, start),
        TraceParent.traceIdLow(header, start),
        TraceParent.spanId(header, start),
        TraceParent.flags(header, start),
        state == null ? null : TraceState.join(state, getter.all(carrier, TRACESTATE)));
  }

  /**
   * The request's baggage, to be passed on: that of the W3C's header as received, or else that of
   * the first of the others; null if none.
   */
  public static <C> @Nullable String extractBaggage(C carrier, TextMapGetter<C> getter) {
    Headers chosen = headers;
    String header = chosen.baggage ? getter.first(carrier, BAGGAGE) : null;
    String found = header == null ? null : Baggage.join(header, getter.all(carrier, BAGGAGE));
    if (found == null) {
      for (PropagationFormat format : chosen.others) {
        found = format.extractBaggage(carrier, getter);
        if (found != null) {
          return found;
        }
      }
    }
    return found;
  }

  /** Makes {@code span} the parent of what the receiver of the message does. */
  public static <C> void inject(Span span, C carrier, TextMapSetter<C> setter) {
    Headers chosen = headers;
    if (chosen.traceContext) {
      setter.set(carrier, TRACEPARENT, TraceParent.format(span));
      String state = span.traceState();
      if (state == null) {
        setter.leaveOut(carrier, TRACESTATE);
      } else {
        setter.set(carrier, TRACESTATE, state);
      }
    }
    for (PropagationFormat format : chosen.others) {
      format.inject(span, carrier, setter);
    }
    String received = span.baggage();
    if (chosen.baggage && received != null) {
      setter.set(carrier, BAGGAGE, received);
    }
  }

  private static boolean repeated(@Nullable Enumeration<String> values) {
    if (values == null || !values.hasMoreElements()) {
      return false;
    }
    values.nextElement();
    return values.hasMoreElements();
  }

  /** Which headers are read and written. Immutable. */
  private static final class Headers {

    final boolean traceContext;
    final boolean baggage;
    final PropagationFormat[] others;

    Headers(boolean traceContext, boolean baggage, PropagationFormat[] others) {
      this.traceContext = traceContext;
      this.baggage = baggage;
      this.others = others;
    }
  }
}
