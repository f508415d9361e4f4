package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.util.Causes;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;

/** What the client makes of the end of an attempt before the application hears of it. */
final class Outcome {

  private static final String TIMEOUT = "java.net.http.HttpTimeoutException";
  private static final String CONNECT_TIMEOUT = "java.net.http.HttpConnectTimeoutException";
  private static final String CONNECTION_EXPIRED =
      "jdk.internal.net.http.common.ConnectionExpiredException";

  private Outcome() {}

  /** Whether the client may send again by itself: a redirect, a challenge. */
  static boolean mayFollow(int status) {
    return (status >= 300 && status < 400) || status == 401 || status == 407;
  }

  /** The exception that the application would get. */
  static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    if (cause instanceof CompletionException) {
      cause = inside(cause);
    }
    return cause.getClass().getName().equals(CONNECTION_EXPIRED) ? inside(cause) : cause;
  }

  private static Throwable inside(Throwable thrown) {
    Throwable cause = Causes.of(thrown);
    return cause == null ? thrown : cause;
  }

  /** Whether the exception of an attempt that a timer cancelled does not say so. */
  static boolean isDisguisedTimeout(Throwable cause) {
    String type = cause.getClass().getName();
    return cause instanceof IOException && !type.equals(TIMEOUT) && !type.equals(CONNECT_TIMEOUT);
  }

  static String timeoutType(Throwable cause) {
    return cause instanceof ConnectException ? CONNECT_TIMEOUT : TIMEOUT;
  }
}
