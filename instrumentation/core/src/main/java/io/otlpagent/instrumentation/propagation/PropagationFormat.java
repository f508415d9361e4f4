package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/** Headers other than those of the W3C that carry a trace. Stateless; on application threads. */
interface PropagationFormat {

  /** The caller's span; null if the request names none, or no valid one. */
  <C> @Nullable SpanContext extract(C carrier, TextMapGetter<C> getter);

  /** The request's baggage in the form of a {@code baggage} header; null if none. */
  default <C> @Nullable String extractBaggage(C carrier, TextMapGetter<C> getter) {
    return null;
  }

  /** Makes {@code span} the parent of what the receiver of the message does. */
  <C> void inject(Span span, C carrier, TextMapSetter<C> setter);
}
