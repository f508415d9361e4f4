package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.http.ClientCall;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.util.WeakMap;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the application into connections, and the attempts that go over the wire in them. A
 * call that leaves a request without its response (one that returned the stream for the body) is
 * kept with the connection for the next call.
 */
final class WireCalls {

  private static final HttpClientInstrumenter<WireRequest, Object> INSTRUMENTER =
      new HttpClientInstrumenter<>("http-url-connection", new HttpUrlConnectionGetter());

  private static final WeakMap<HttpURLConnection, ClientCall<WireRequest, Object>> UNANSWERED =
      new WeakMap<>();

  private static final int CONTINUE = 100;

  private WireCalls() {}

  /**
   * Begins a call.
   *
   * @return null if it is made by another call into the same connection, or sends nothing
   */
  static @Nullable ClientCall<WireRequest, Object> enter(HttpURLConnection connection) {
    if (current(connection) != null || SunClasses.isAnswered(connection)) {
      return null;
    }
    ClientCall<WireRequest, Object> call = UNANSWERED.remove(connection);
    WireRequest request = call == null ? null : call.request();
    if (call == null || request == null) {
      call = INSTRUMENTER.call();
      request = new WireRequest();
    }
    request.enter(connection);
    call.enter(request);
    return call;
  }

  /** Ends a call; what it throws is the outcome of the attempt that has no response yet. */
  static void exit(
      @Nullable ClientCall<WireRequest, Object> call,
      HttpURLConnection connection,
      @Nullable Throwable thrown) {
    WireRequest request = call == null ? null : call.request();
    if (call == null || request == null) {
      return;
    }
    call.leave();
    request.leave();
    if (call.span() == null) {
      return;
    }
    if (thrown != null) {
      call.end(null, thrown);
    } else {
      UNANSWERED.put(connection, call);
    }
  }

  /** Ends {@code connect()}, on whose failure no request was written. */
  static void exitConnect(
      @Nullable ClientCall<WireRequest, Object> entered,
      HttpURLConnection connection,
      @Nullable Throwable thrown) {
    ClientCall<WireRequest, Object> call = thrown == null ? null : current(connection);
    WireRequest request = call == null ? null : call.request();
    try {
      if (call != null && request != null && call.span() == null) {
        call.startAt(request, request.startNanoTime());
        end(call, request, null, thrown);
      }
    } finally {
      exit(entered, connection, null);
    }
  }

  /** The application closes the connection, whether there is a response or not. */
  static void abandon(HttpURLConnection connection) {
    ClientCall<WireRequest, Object> unanswered = UNANSWERED.remove(connection);
    if (unanswered != null) {
      unanswered.cancel();
    }
  }

  /**
   * Begins an attempt and puts its trace into the headers.
   *
   * @return what to take them out of again when they are written; null if nothing
   */
  static @Nullable ClientCall<WireRequest, Object> beforeWrite(Object client, Object headers) {
    ClientCall<WireRequest, Object> call = INSTRUMENTER.current();
    WireRequest request = call == null ? null : call.request();
    if (call == null || request == null) {
      return null;
    }
    String requestLine = SunClasses.requestLine(headers);
    if (requestLine != null && requestLine.startsWith("CONNECT ")) {
      request.tunnel();
      return null;
    }
    if (call.span() != null) {
      // The JDK found the connection dead and sends again by itself.
      call.endLost("connection_closed");
      request.restart();
    }
    boolean recorded = call.startAt(request, request.startNanoTime());
    request.socket(SunClasses.socket(client));
    if (!recorded) {
      return null;
    }
    request.headers(headers);
    try {
      call.injectRestorably(headers, MessageHeaders.EDITOR);
    } finally {
      request.headers(null);
    }
    return call;
  }

  /** Ends the attempt that this is the response of. */
  static void afterRead(Object headers) {
    ClientCall<WireRequest, Object> call = INSTRUMENTER.current();
    WireRequest request = call == null ? null : call.request();
    if (call == null || request == null || request.endsTunnel()) {
      return;
    }
    String statusLine = SunClasses.statusLine(headers);
    int status = StatusLine.status(statusLine);
    // The body is still to come; or, without a status, the exception.
    if (statusLine != null && status != CONTINUE && status != 0) {
      end(call, request, headers, null);
    }
  }

  private static void end(
      ClientCall<WireRequest, Object> call,
      WireRequest request,
      @Nullable Object response,
      @Nullable Throwable thrown) {
    call.end(response, thrown);
    request.socket(null);
    request.restart();
  }

  /** The call that the thread is in, if it is into this connection. */
  private static @Nullable ClientCall<WireRequest, Object> current(HttpURLConnection connection) {
    ClientCall<WireRequest, Object> call = INSTRUMENTER.current();
    WireRequest request = call == null ? null : call.request();
    return request != null && request.isOf(connection) ? call : null;
  }
}
