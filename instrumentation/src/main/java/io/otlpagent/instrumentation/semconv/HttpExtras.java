package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.trace.AttributeWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a span has of a request because {@link HttpOptions} ask for it; most spans have none.
 * Belongs to whom the span belongs to: the threads of the request, then the exporter thread.
 */
final class HttpExtras {

  HeaderCapture.@Nullable Captured requestHeaders;
  HeaderCapture.@Nullable Captured responseHeaders;

  void writeTo(AttributeWriter writer) {
    if (requestHeaders != null) {
      requestHeaders.writeTo(writer);
    }
    if (responseHeaders != null) {
      responseHeaders.writeTo(writer);
    }
  }
}
