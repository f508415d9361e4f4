package io.otlpagent.instrumentation.library.httpurlconnection;

import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a connection sends, while a call is in it. Between two calls it does not lead to the
 * connection, which would then never be collected. Used by one thread at a time: the connection has
 * a lock.
 */
final class WireRequest {

  private @Nullable HttpURLConnection connection;
  private @Nullable Socket socket;
  // Only while they are written.
  private @Nullable Object headers;
  private long startNanoTime;
  private boolean tunnelling;

  void enter(HttpURLConnection entered) {
    connection = entered;
    restart();
  }

  void leave() {
    connection = null;
  }

  boolean isOf(HttpURLConnection other) {
    return connection == other;
  }

  /** What follows, if anything, is the next attempt. */
  void restart() {
    startNanoTime = System.nanoTime();
  }

  long startNanoTime() {
    return startNanoTime;
  }

  HttpURLConnection connection() {
    HttpURLConnection entered = connection;
    if (entered == null) {
      throw new IllegalStateException("no call is in the connection");
    }
    return entered;
  }

  /** The headers that are about to be sent; null at any other time. */
  @Nullable Object headers() {
    return headers;
  }

  void headers(@Nullable Object sending) {
    headers = sending;
  }

  void socket(@Nullable Socket connected) {
    socket = connected;
  }

  @Nullable InetSocketAddress peer() {
    Socket connected = socket;
    if (connected == null) {
      return null;
    }
    try {
      SocketAddress address = connected.getRemoteSocketAddress();
      return address instanceof InetSocketAddress ? (InetSocketAddress) address : null;
    } catch (Throwable e) {
      // The application's own socket, from its factory; the span does without the address.
      return null;
    }
  }

  /** What is written is for the proxy only: neither a request nor the server's business. */
  void tunnel() {
    tunnelling = true;
  }

  /** Whether a response is that to {@link #tunnel}; says so once. */
  boolean endsTunnel() {
    boolean was = tunnelling;
    tunnelling = false;
    return was;
  }
}
