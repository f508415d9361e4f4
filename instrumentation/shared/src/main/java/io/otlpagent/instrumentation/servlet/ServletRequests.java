package io.otlpagent.instrumentation.servlet;

import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import io.otlpagent.instrumentation.semconv.http.HttpServerInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpServerRequests;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.util.WeakMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows requests through filters and servlets. Where the server that received the bytes owns the
 * span, the outermost call says which exception the application leaves to it. In a container that
 * is not known the outermost call makes the span, and ends it unless the request has become
 * asynchronous. Stateless but for the requests that are; called on the container's threads.
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
      if (!current.owned() || !current.enterApplication()) {
        return null;
      }
      remember(current, request);
      return current;
    }
    if (!adapter.received(request)) {
      return resume(request);
    }
    return current != null && isOf(current, request) ? null : start(request);
  }

  /**
   * Whether the span came with the request to another thread, by a filter that goes on there. It
   * may also have come from another request: by one that answers many that wait, for instance.
   */
  private boolean isOf(HttpServerSpan span, Q request) {
    Object container = adapter.container(request);
    return span.isOf(container) || ASYNC.get(container) == span;
  }

  private @Nullable HttpServerSpan start(Q request) {
    HttpServerSpan span = instrumenter.start(request);
    if (span != null) {
      span.hold();
      Context.enter(span);
      remember(span, request);
    }
    return span;
  }

  private void remember(HttpServerSpan span, Q request) {
    try {
      span.remember(adapter.container(request));
    } catch (Throwable e) {
      // The application's wrapper failed, with whatever it likes: another thread that goes on with
      // this request makes a span of its own. What was entered must be left again.
    }
  }

  /** What the end of an asynchronous request is told to. */
  public AsyncRequest<Q, R> async(HttpServerSpan span) {
    return new AsyncRequest<>(this, span, null);
  }

  /** Goes on with an asynchronous request; an error page of any other has no span to be in. */
  private @Nullable AsyncRequest<?, ?> resume(Q request) {
    HttpServerSpan span = ASYNC.get(adapter.container(request));
    Object resumed = HttpServerRequests.resume(span);
    return span == null || resumed == null ? null : new AsyncRequest<>(this, span, resumed);
  }

  /**
   * Leaves a filter or servlet.
   *
   * @param entered what {@link #enter} returned
   * @param request as it was at the entry
   * @param response as it was at the entry
   * @param thrown what escaped; null if nothing
   */
  public void exit(@Nullable Object entered, Q request, R response, @Nullable Throwable thrown) {
    if (entered instanceof HttpServerSpan) {
      HttpServerSpan span = (HttpServerSpan) entered;
      if (span.owned()) {
        span.leaveApplication(cause(thrown), thrown != null && committed(response));
        return;
      }
      // First of all, since what follows calls the application's objects.
      Context.exit(span);
      span.release();
      if (thrown != null || !goesOn(span, request, response)) {
        instrumenter.end(span, response, cause(thrown));
      }
    } else if (entered != null) {
      AsyncRequest<?, ?> async = (AsyncRequest<?, ?>) entered;
      async.leave();
      async.fail(cause(thrown));
    }
  }

  private boolean committed(R response) {
    try {
      return adapter.committed(response);
    } catch (Throwable e) {
      // The application's wrapper failed, with whatever it likes: the exception stays an error.
      return true;
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
      HttpServerRequests.park(span);
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
    HttpServerInstrumenter.fail(span, thrown);
  }

  /** Ends an asynchronous request, and lets go of what belongs to the application. */
  void complete(HttpServerSpan span, Object container, R response) {
    ASYNC.remove(container);
    instrumenter.endWith(span, instrumenter.status(span, response, null), null);
  }
}
