package io.otlpagent.instrumentation.servlet;

import io.otlpagent.instrumentation.semconv.http.HttpServerRequests;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes on after the call that received it. The container calls one thread at a time,
 * and it orders their memory. What the container keeps is of its own plugin, not an application's.
 *
 * @param <Q> the request
 * @param <R> the response
 */
public final class AsyncRequest<Q, R> {

  private final ServletRequests<Q, R> requests;
  private final HttpServerSpan span;
  private final @Nullable Object resumed;

  /**
   * @param resumed of the call that goes on with it; null if none does
   */
  AsyncRequest(ServletRequests<Q, R> requests, HttpServerSpan span, @Nullable Object resumed) {
    this.requests = requests;
    this.span = span;
    this.resumed = resumed;
  }

  /** Leaves the call that goes on with it. */
  void leave() {
    HttpServerRequests.leave(span, resumed);
    HttpServerRequests.park(span);
  }

  /** Keeps the first error of the application; the request has yet to complete. */
  public void fail(@Nullable Throwable error) {
    if (error != null) {
      requests.fail(span, error);
    }
  }

  /**
   * Ends the span; the response has its last status.
   *
   * @param request the container's own, under all wrappers
   */
  public void complete(Object request, R response) {
    try {
      requests.complete(span, request, response);
    } catch (Throwable e) {
      // An object of the application failed. The span has ended, and the container, which calls
      // this, must not hear of it.
    }
  }
}
