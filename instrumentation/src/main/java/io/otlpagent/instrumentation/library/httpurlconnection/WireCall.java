package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpClientSpan;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.util.WeakMap;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A call of the application into a connection, and the attempts that go over the wire in it. A call
 * that leaves a request without its response (one that returned the stream for the body) is kept
 * with the connection for the next call. Used by one thread at a time: the connection has a lock.
 */
final class WireCall {

  private static final HttpClientInstrumenter<WireCall, Object> INSTRUMENTER =
      new HttpClientInstrumenter<>("http-url-connection", new HttpUrlConnectionGetter());

  private static final ThreadLocal<@Nullable WireCall> CURRENT = new ThreadLocal<>();
  private static final WeakMap<HttpURLConnection, Attempts> UNANSWERED = new WeakMap<>();

  private static final int CONTINUE = 100;

  private final HttpURLConnection connection;
  private final Attempts attempts;
  private final @Nullable WireCall outer;
  private long startNanoTime = System.nanoTime();
  private boolean tunnelling;
  // Only while a request is written.
  private @Nullable Object sending;

  private WireCall(
      HttpURLConnection connection, @Nullable Attempts unanswered, @Nullable WireCall outer) {
    this.connection = connection;
    this.attempts = unanswered == null ? new Attempts() : unanswered;
    this.outer = outer;
  }

  /**
   * Begins a call.
   *
   * @return null if it is made by another call into the same connection
   */
  static @Nullable WireCall enter(HttpURLConnection connection) {
    WireCall outer = CURRENT.get();
    if (outer != null && outer.connection == connection) {
      return null;
    }
    WireCall call = new WireCall(connection, UNANSWERED.remove(connection), outer);
    CURRENT.set(call);
    return call;
  }

  /** Ends a call; what it throws is the outcome of the attempt that has no response yet. */
  static void exit(@Nullable Object entered, @Nullable Throwable thrown) {
    if (entered != null) {
      ((WireCall) entered).leave(thrown);
    }
  }

  /** Ends {@code connect()}, on whose failure no request was written. */
  static void exitConnect(
      @Nullable Object entered, HttpURLConnection connection, @Nullable Throwable thrown) {
    WireCall call = CURRENT.get();
    try {
      if (thrown != null
          && call != null
          && call.connection == connection
          && call.attempts.current == null) {
        call.start();
        call.end(null, thrown);
      }
    } finally {
      exit(entered, null);
    }
  }

  /** The application closes the connection, whether there is a response or not. */
  static void abandon(HttpURLConnection connection) {
    Attempts unanswered = UNANSWERED.remove(connection);
    if (unanswered != null) {
      new WireCall(connection, unanswered, null).end(null, null);
    }
  }

  /**
   * Begins an attempt and puts its trace into the headers.
   *
   * @return what to take out of them afterwards; null if nothing
   */
  static @Nullable InjectedHeaders beforeWrite(Object client, Object headers) {
    WireCall call = CURRENT.get();
    if (call == null) {
      return null;
    }
    String requestLine = SunClasses.requestLine(headers);
    if (requestLine != null && requestLine.startsWith("CONNECT ")) {
      // For the proxy only: neither a request of the application nor the server's business.
      call.tunnelling = true;
      return null;
    }
    return call.write(client, headers);
  }

  /** Ends the attempt that this is the response of. */
  static void afterRead(Object headers) {
    WireCall call = CURRENT.get();
    if (call == null) {
      return;
    }
    if (call.tunnelling) {
      call.tunnelling = false;
      return;
    }
    String statusLine = SunClasses.statusLine(headers);
    int status = StatusLine.status(statusLine);
    // The body is still to come; or, without a status, the exception.
    if (statusLine != null && status != CONTINUE && status != 0) {
      call.end(headers, null);
    }
  }

  HttpURLConnection connection() {
    return connection;
  }

  /** The headers that are about to be sent; null at any other time. */
  @Nullable Object sending() {
    return sending;
  }

  @Nullable InetSocketAddress peer() {
    Socket socket = attempts.socket;
    if (socket == null) {
      return null;
    }
    try {
      SocketAddress address = socket.getRemoteSocketAddress();
      return address instanceof InetSocketAddress ? (InetSocketAddress) address : null;
    } catch (Throwable e) {
      // The application's own socket, from its factory; the span does without the address.
      return null;
    }
  }

  private @Nullable InjectedHeaders write(Object client, Object headers) {
    if (attempts.current != null) {
      // The JDK found the connection dead and sends again by itself.
      INSTRUMENTER.endLost(attempts.current, this, "connection_closed");
      startNanoTime = System.nanoTime();
    }
    HttpClientSpan started = start();
    attempts.socket = SunClasses.socket(client);
    if (started == null) {
      return null;
    }
    InjectedHeaders injected = new InjectedHeaders(headers);
    boolean done = false;
    try {
      injected.put(started);
      sending = headers;
      INSTRUMENTER.sending(started, this);
      done = true;
    } finally {
      sending = null;
      if (!done) {
        // What is thrown from here ends in the advice, which then has nothing to take out.
        injected.restore();
      }
    }
    return injected;
  }

  private @Nullable HttpClientSpan start() {
    HttpClientSpan started =
        INSTRUMENTER.startAt(this, Context.current(), attempts.count, startNanoTime);
    attempts.current = started;
    attempts.count++;
    return started;
  }

  private void end(@Nullable Object response, @Nullable Throwable thrown) {
    INSTRUMENTER.end(attempts.current, this, response, thrown);
    attempts.current = null;
    attempts.socket = null;
    // What follows in this call, if anything, is the next attempt.
    startNanoTime = System.nanoTime();
  }

  private void leave(@Nullable Throwable thrown) {
    CURRENT.set(outer);
    if (attempts.current == null) {
      return;
    }
    if (thrown != null) {
      end(null, thrown);
    } else {
      UNANSWERED.put(connection, attempts);
    }
  }

  /** What outlives a call. Must not lead to the connection, which would then never be collected. */
  private static final class Attempts {

    private @Nullable HttpClientSpan current;
    private @Nullable Socket socket;
    private int count;
  }
}
