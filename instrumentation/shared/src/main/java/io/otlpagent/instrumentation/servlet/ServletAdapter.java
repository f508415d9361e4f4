package io.otlpagent.instrumentation.servlet;

import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;

/**
 * What differs between the servlet APIs, beside reading requests. Stateless.
 *
 * @param <Q> the request
 * @param <R> the response
 */
public interface ServletAdapter<Q, R> {

  /**
   * Whether the container calls because of a request, not to go on with one or to report errors.
   */
  boolean received(Q request);

  /** The container's own request, under all wrappers: the same object in each dispatch. */
  Object container(Q request);

  boolean asyncStarted(Q request);

  /** Makes the container tell how an asynchronous request ends, see {@link CompletionSource}. */
  void listen(Q request, R response, HttpServerSpan span);

  /** Whether the head of the response is out. */
  boolean committed(R response);

  /** The exception that the application threw, without what the API wraps it in. */
  Throwable cause(Throwable thrown);
}
