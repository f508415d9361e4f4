package io.otlpagent.instrumentation.servlet;

import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import io.otlpagent.instrumentation.semconv.http.HttpServerInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.util.WeakMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows requests through filters and servlets: the outermost call that a request leads to makes
 * the span, and ends it unless the request has become asynchronous. Stateless but for the requests
 * that are; called on the container's threads.
 *
 * @param <Q> the request
 * @param <R> the response
 */
public final class ServletRequests<Q, R> {

  // Of the process: a container's filter and an application's servlet have different plugins.
  // A request may wait for hours; what waits with it leads to no class of an application.
  private static final WeakMap<Object, HttpServerSpan> ASYNC = new WeakMap<>();

  private final HttpServerInstrumenter<Q, R> instrumenter;
  private final ServletAdapter<Q, R> adapter;

  /**
   * @param module the short name of the instrumentation
   */
  public ServletRequests(
      String module, HttpServerGetter<Q, R> getter, ServletAdapter<Q, R> adapter) {
    this.instrumenter = new HttpServerInstrumenter<>(module, getter);
    this.adapter = adapter;
  }

  /**
   * Enters a filter or servlet.
   *
   * @return what {@link #exit} needs; null within a call that was entered before
   */
  public @Nullable Object enter(Q request, R response) {
    HttpServerSpan current = HttpServerInstrumenter.current();
    if (current != null && current.held()) {
      return null;
    }
    if (!adapter.received(request)) {
      return resume(request, response);
    }
    return current != null && isOf(current, request) ? null : start(request, response);
  }

  /**
   * Whether the span came with the request to another thread, by a filter that goes on there. It
   * may also have come from another request: by one that answers many that wait, for instance.
   */
  @SuppressWarnings("unchecked") // start() put it there
  private boolean isOf(HttpServerSpan span, Q request) {
    Object container = adapter.container(request);
    Q held = (Q) span.request();
    if (held != null && adapter.container(held) == container) {
      return true;
    }
    return ASYNC.get(container) == span;
  }

  private @Nullable HttpServerSpan start(Q request, R response) {
    HttpServerSpan span = instrumenter.start(request);
    if (span != null) {
      span.hold(request, response);
      Context.enter(span);
    }
    return span;
  }

  /** What the end of an asynchronous request is told to. */
  public AsyncRequest<Q, R> async(HttpServerSpan span) {
    return new AsyncRequest<>(this, span);
  }

  /** Goes on with an asynchronous request; an error page of any other has no span to be in. */
  private @Nullable AsyncRequest<?, ?> resume(Q request, R response) {
    HttpServerSpan span = ASYNC.get(adapter.container(request));
    if (span == null || span.ended()) {
      return null;
    }
    Tracer tracer = Tracer.ending();
    if (tracer != null) {
      tracer.unpark(span);
    }
    AsyncRequest<?, ?> async = new AsyncRequest<>(this, span);
    span.hold(request, response);
    Context.enter(span);
    return async;
  }

  /**
   * Leaves a filter or servlet.
   *
   * @param entered what {@link #enter} returned
   * @param thrown what escaped; null if nothing
   */
  public void exit(@Nullable Object entered, @Nullable Throwable thrown) {
    if (entered == null) {
      return;
    }
    if (entered instanceof HttpServerSpan) {
      HttpServerSpan span = (HttpServerSpan) entered;
      // First of all, since what follows calls the application's objects.
      Context.exit(span);
      finish(span, thrown);
    } else {
      AsyncRequest<?, ?> async = (AsyncRequest<?, ?>) entered;
      Context.exit(async.span());
      async.span().release();
      park(async.span());
      async.fail(cause(thrown));
    }
  }

  /** Nobody knows for how long: until the application has an answer, or its client goes away. */
  private static void park(HttpServerSpan span) {
    Tracer tracer = Tracer.ending();
    if (tracer != null) {
      tracer.park(span);
    }
  }

  @SuppressWarnings("unchecked") // start() put them there
  private void finish(HttpServerSpan span, @Nullable Throwable thrown) {
    Q request = (Q) span.request();
    R response = (R) span.response();
    span.release();
    if (request == null || response == null) {
      return;
    }
    if (thrown != null || !goesOn(span, request, response)) {
      instrumenter.end(span, response, cause(thrown));
    }
  }

  private @Nullable Throwable cause(@Nullable Throwable thrown) {
    return thrown == null ? null : adapter.cause(thrown);
  }

  /** Whether the request has become asynchronous; if so, the container will tell of its end. */
  private boolean goesOn(HttpServerSpan span, Q request, R response) {
    Object key = null;
    try {
      if (!adapter.asyncStarted(request)) {
        return false;
      }
      key = adapter.container(request);
      ASYNC.put(key, span);
      park(span);
      adapter.listen(request, response, span);
      return true;
    } catch (Throwable e) {
      // The container has gone on already, or the application's wrapper failed, with whatever it
      // likes: what we have seen is all that we shall see.
      if (key != null) {
        ASYNC.remove(key);
      }
      return false;
    }
  }

  /** Keeps the first error of an asynchronous request. */
  void fail(HttpServerSpan span, Throwable thrown) {
    instrumenter.fail(span, thrown);
  }

  /** Ends an asynchronous request, and lets go of what belongs to the application. */
  void complete(HttpServerSpan span, Object container, R response) {
    ASYNC.remove(container);
    instrumenter.endWith(span, instrumenter.status(span, response, null), null);
  }
}
