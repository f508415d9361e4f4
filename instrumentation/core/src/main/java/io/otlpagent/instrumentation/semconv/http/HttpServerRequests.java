package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.ContextEntry;
import io.otlpagent.instrumentation.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a server that receives the bytes: from where these are a request, through
 * whatever threads go on with it, to where its response is complete. The server owns the span: what
 * is called within, such as filters, servlets and controllers, adds route and exception, and makes
 * no other one.
 *
 * <p>{@link #begin} on the thread that has read the request; {@link #resume} and {@link #leave}
 * around each call that handles it, on any thread; {@link #complete} where the response is out or
 * will never be, on any thread and as often as it likes: the first one counts. Between its calls a
 * request is {@link #park parked}. Stateless.
 *
 * @param <Q> the request
 * @param <R> the response
 */
public final class HttpServerRequests<Q, R> {

  /** Stands for "no span was current": null is taken. */
  private static final Object NO_SPAN = new Object();

  /** What {@code error.type} says where nothing better is known. */
  private static final String UNKNOWN_ERROR = "_OTHER";

  private final HttpServerInstrumenter<Q, R> instrumenter;

  /**
   * @param module the short name of the instrumentation, such as {@code tomcat}
   */
  public HttpServerRequests(String module, HttpServerGetter<Q, R> getter) {
    this.instrumenter = new HttpServerInstrumenter<>(module, getter);
  }

  /**
   * Starts the span of a request; does not make it current.
   *
   * @return null if there is nothing to do: switched off, or the thread is within a request already
   */
  public @Nullable HttpServerSpan begin(Q request) {
    HttpServerSpan span = instrumenter.start(request);
    if (span != null) {
      span.own();
    }
    return span;
  }

  /**
   * The calling thread handles the request from now on.
   *
   * @return for {@link #leave}; null if the thread is within the request already, or it has ended
   */
  public static @Nullable Object resume(@Nullable HttpServerSpan span) {
    if (span == null || span.ended() || (span.held() && Context.current() == span)) {
      return null;
    }
    Tracer tracer = Tracer.ending();
    if (tracer != null) {
      tracer.unpark(span);
    }
    span.hold();
    ContextEntry was = Context.swap(span);
    return was == null ? NO_SPAN : was;
  }

  /**
   * The calling thread no longer handles the request.
   *
   * @param resumed what {@link #resume} returned
   * @return false if there was nothing to leave, or another thread handles the request by now
   */
  public static boolean leave(@Nullable HttpServerSpan span, @Nullable Object resumed) {
    if (resumed == null) {
      return false;
    }
    Context.swap(resumed == NO_SPAN ? null : (ContextEntry) resumed);
    if (span == null || !span.held()) {
      return false;
    }
    span.release();
    return true;
  }

  /** Nobody knows for how long: until the application has an answer, or its client goes away. */
  public static void park(HttpServerSpan span) {
    Tracer tracer = Tracer.ending();
    if (tracer != null && !span.ended()) {
      tracer.park(span);
    }
  }

  /**
   * Ends the span; does nothing if it has ended.
   *
   * @param request null if nobody knows it any more
   * @param response null if none was made
   * @param thrown what the server itself has failed with; null if nothing
   */
  public void complete(
      HttpServerSpan span, @Nullable Q request, @Nullable R response, @Nullable Throwable thrown) {
    if (span.ended()) {
      return;
    }
    if (request != null) {
      instrumenter.readPath(span, request);
    }
    int status = response == null ? span.sentStatus() : instrumenter.status(span, response, thrown);
    if (thrown != null) {
      HttpServerInstrumenter.fail(span, thrown);
    } else if (status == 0) {
      // No answer was sent, and nobody says why.
      abort(span);
    }
    instrumenter.endWith(span, status, null);
  }

  /** The response will never be complete, for a reason that nobody knows unless it is known. */
  public static void abort(HttpServerSpan span) {
    if (!span.failed() && !span.ended()) {
      span.fail(UNKNOWN_ERROR, null);
    }
  }

  /** The bytes were no request after all, so the span never was; it must not have children. */
  public static void abandon(HttpServerSpan span) {
    Tracer tracer = Tracer.ending();
    HttpExtras extras = span.extrasIfAny();
    if (tracer != null && !span.ended()) {
      tracer.abandon(span);
      if (extras != null) {
        extras.end();
      }
    }
  }
}
