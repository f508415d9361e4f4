package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.metrics.UpDownCounter;
import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.redaction.FailedQuery;
import io.otlpagent.instrumentation.semconv.redaction.HttpSecrets;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a span has of a request because {@code HttpOptions} ask for it, or because it is for a page
 * or had an error of a database; most spans have none. Belongs to whom the span belongs to: the
 * threads of the request, then the exporter thread.
 */
final class HttpExtras {

  HeaderCapture.@Nullable Captured requestHeaders;
  HeaderCapture.@Nullable Captured responseHeaders;

  // In bytes, by the headers; also of requests that are not recorded, for the metrics.
  long requestBodySize = BodySize.UNKNOWN;
  long responseBodySize = BodySize.UNKNOWN;

  /** What a served request is for, until its end. */
  PageRoutes.@Nullable Page page;

  // Written by the threads that call databases for a served request.
  volatile @Nullable FailedQuery failedQuery;

  // Where the request is counted until it ends; null if it is not.
  private UpDownCounter.@Nullable Series active;

  /** Counts the request as being under way. */
  void begin(UpDownCounter.Series among) {
    active = among;
    among.add(1);
  }

  /** The request has ended; to be called once. */
  void end() {
    if (active != null) {
      active.add(-1);
    }
  }

  /**
   * Measures the bodies whose sizes are known.
   *
   * @param values of the attributes
   */
  void measure(Span span, Histogram requests, Histogram responses, @Nullable Object[] values) {
    if (requestBodySize >= 0) {
      requests.series(values).record(requestBodySize, span);
    }
    if (responseBodySize >= 0) {
      responses.series(values).record(responseBodySize, span);
    }
  }

  /** Adds the values that {@link #writeTo} does not show. */
  void addSecrets(HttpSecrets secrets) {
    if (requestHeaders != null) {
      secrets.headers(requestHeaders.secrets());
    }
    if (responseHeaders != null) {
      secrets.headers(responseHeaders.secrets());
    }
  }

  void writeTo(AttributeWriter writer) {
    if (requestBodySize >= 0) {
      writer.put(HttpAttributes.HTTP_REQUEST_BODY_SIZE, requestBodySize);
    }
    if (responseBodySize >= 0) {
      writer.put(HttpAttributes.HTTP_RESPONSE_BODY_SIZE, responseBodySize);
    }
    if (requestHeaders != null) {
      requestHeaders.writeTo(writer);
    }
    if (responseHeaders != null) {
      responseHeaders.writeTo(writer);
    }
  }
}
