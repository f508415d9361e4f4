package io.otlpagent.instrumentation.library.javahttpclient;

import static java.lang.invoke.MethodType.methodType;

import io.otlpagent.instrumentation.util.JdkInternals;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is used of {@code jdk.internal.net.http}, the same from JDK 11 to 25 unless it says so. */
final class ClientClasses {

  private static final JdkInternals JDK = new JdkInternals(MethodHandles.lookup());

  private static final String PACKAGE = "jdk.internal.net.http.";
  private static final String EXCHANGE = PACKAGE + "Exchange";
  private static final String MULTI_EXCHANGE = PACKAGE + "MultiExchange";
  private static final String REQUEST = PACKAGE + "HttpRequestImpl";
  private static final String RESPONSE = PACKAGE + "Response";

  private static final MethodHandle MULTI = JDK.field(EXCHANGE, "multi", Object.class);
  private static final MethodHandle EXCHANGE_REQUEST = JDK.field(EXCHANGE, "request", Object.class);
  private static final MethodHandle EXCHANGE_IMPL = JDK.field(EXCHANGE, "exchImpl", Object.class);
  private static final MethodHandle CONNECTION =
      JDK.method(PACKAGE + "ExchangeImpl", "connection", methodType(Object.class, Object.class));
  private static final MethodHandle ADDRESS =
      JDK.field(PACKAGE + "HttpConnection", "address", InetSocketAddress.class);
  private static final MethodHandle CANCELLED =
      JDK.field(MULTI_EXCHANGE, "cancelled", boolean.class);
  private static final @Nullable MethodHandle INTERRUPTED = interrupted();
  private static final MethodHandle METHOD =
      JDK.method(REQUEST, "method", methodType(String.class, Object.class));
  private static final MethodHandle REQUEST_URI =
      JDK.method(REQUEST, "uri", methodType(URI.class, Object.class));
  private static final MethodHandle SET_SYSTEM_HEADER =
      JDK.method(
          REQUEST,
          "setSystemHeader",
          methodType(void.class, Object.class, String.class, String.class),
          String.class,
          String.class);
  private static final MethodHandle STATUS = JDK.field(RESPONSE, "statusCode", int.class);
  private static final MethodHandle VERSION = JDK.field(RESPONSE, "version", Object.class);

  private ClientClasses() {}

  static Object multiExchange(Object exchange) {
    try {
      return (Object) MULTI.invokeExact(exchange);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static Object request(Object exchange) {
    try {
      return (Object) EXCHANGE_REQUEST.invokeExact(exchange);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** What speaks the protocol for an exchange; null before it has been connected. */
  static @Nullable Object exchangeImpl(Object exchange) {
    try {
      return (Object) EXCHANGE_IMPL.invokeExact(exchange);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** The address of the server or the proxy; null without a connection. */
  static @Nullable InetSocketAddress address(Object exchange) {
    try {
      Object exchangeImpl = exchangeImpl(exchange);
      if (exchangeImpl == null) {
        return null;
      }
      Object connection = (Object) CONNECTION.invokeExact(exchangeImpl);
      return connection == null ? null : (InetSocketAddress) ADDRESS.invokeExact(connection);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** Whether a timer or the application cancelled the request. */
  static boolean cancelled(Object multiExchange) {
    try {
      return (boolean) CANCELLED.invokeExact(multiExchange);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** Whether the application cancelled the request, which it can do since JDK 16. */
  static boolean cancelledByCaller(Object multiExchange) {
    if (INTERRUPTED == null) {
      return false;
    }
    try {
      return ((AtomicReference<?>) INTERRUPTED.invokeExact(multiExchange)).get() != null;
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static String method(Object request) {
    try {
      return (String) METHOD.invokeExact(request);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static URI uri(Object request) {
    try {
      return (URI) REQUEST_URI.invokeExact(request);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static void setSystemHeader(Object request, String name, String value) {
    try {
      SET_SYSTEM_HEADER.invokeExact(request, name, value);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static int status(Object response) {
    try {
      return (int) STATUS.invokeExact(response);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** A constant of {@code HttpClient.Version}. */
  static Object version(Object response) {
    try {
      return (Object) VERSION.invokeExact(response);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  private static @Nullable MethodHandle interrupted() {
    try {
      return JDK.field(MULTI_EXCHANGE, "interrupted", AtomicReference.class);
    } catch (LinkageError e) {
      // Before JDK 16 cancelling the future does not reach the request.
      return null;
    }
  }
}
