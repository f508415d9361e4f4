package io.otlpagent.instrumentation.servlet;

import io.otlpagent.instrumentation.semconv.HttpServerGetter;
import io.otlpagent.instrumentation.semconv.HttpServerInstrumenter;
import io.otlpagent.instrumentation.semconv.HttpServerSpan;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes on after the call that received it. The container calls one thread at a time,
 * and it orders their memory.
 *
 * @param <R> the response; not kept here, for it leads to the request, which is the key of this
 */
public final class AsyncRequest<R> {

  private final HttpServerInstrumenter<?, R> instrumenter;
  private final HttpServerGetter<?, R> getter;
  private final HttpServerSpan span;
  private @Nullable Throwable thrown;

  AsyncRequest(
      HttpServerInstrumenter<?, R> instrumenter,
      HttpServerGetter<?, R> getter,
      HttpServerSpan span) {
    this.instrumenter = instrumenter;
    this.getter = getter;
    this.span = span;
  }

  HttpServerSpan span() {
    return span;
  }

  /** Keeps the first error of the application; the request has yet to complete. */
  public void fail(@Nullable Throwable error) {
    if (thrown == null) {
      thrown = error;
    }
  }

  /** Ends the span; the response has its last status. Never throws. */
  public void complete(R response) {
    instrumenter.endWith(span, status(response), thrown);
  }

  private int status(R response) {
    try {
      return getter.status(response, null);
    } catch (RuntimeException e) {
      // The container has taken the response back: nobody knows what was sent.
      return 0;
    }
  }
}
