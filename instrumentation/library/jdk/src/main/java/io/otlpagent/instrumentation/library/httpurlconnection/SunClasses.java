package io.otlpagent.instrumentation.library.httpurlconnection;

import static java.lang.invoke.MethodType.methodType;

import io.otlpagent.instrumentation.util.JdkInternals;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is used of {@code sun.net.www}, the same from JDK 8 to 25. */
final class SunClasses {

  private static final JdkInternals JDK = new JdkInternals(MethodHandles.lookup());

  private static final String MESSAGE_HEADER = "sun.net.www.MessageHeader";

  private static final MethodHandle KEY =
      JDK.method(
          MESSAGE_HEADER, "getKey", methodType(String.class, Object.class, int.class), int.class);
  private static final MethodHandle VALUE =
      JDK.method(
          MESSAGE_HEADER, "getValue", methodType(String.class, Object.class, int.class), int.class);
  private static final MethodHandle FIND =
      JDK.method(
          MESSAGE_HEADER,
          "findValue",
          methodType(String.class, Object.class, String.class),
          String.class);
  private static final MethodHandle SET =
      JDK.method(
          MESSAGE_HEADER,
          "set",
          methodType(void.class, Object.class, String.class, String.class),
          String.class,
          String.class);
  private static final MethodHandle REMOVE =
      JDK.method(
          MESSAGE_HEADER,
          "remove",
          methodType(void.class, Object.class, String.class),
          String.class);
  private static final MethodHandle ADD =
      JDK.method(
          MESSAGE_HEADER,
          "add",
          methodType(void.class, Object.class, String.class, String.class),
          String.class,
          String.class);
  private static final MethodHandle RESET =
      JDK.method(MESSAGE_HEADER, "reset", methodType(void.class, Object.class));
  private static final MethodHandle SOCKET =
      JDK.field("sun.net.NetworkClient", "serverSocket", Socket.class);

  private static final MethodHandle INPUT_STREAM =
      JDK.field("sun.net.www.protocol.http.HttpURLConnection", "inputStream", InputStream.class);

  private SunClasses() {}

  /** Whether a connection has its response, and so sends nothing any more. */
  static boolean isAnswered(Object connection) {
    try {
      return (InputStream) INPUT_STREAM.invokeExact(connection) != null;
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** The first line of a request, which the JDK keeps as a name without a value. */
  static @Nullable String requestLine(Object headers) {
    try {
      return (String) KEY.invokeExact(headers, 0);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** The first line of a response, which the JDK keeps as a value without a name. */
  static @Nullable String statusLine(Object headers) {
    try {
      return (String) VALUE.invokeExact(headers, 0);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static boolean has(Object headers, String name) {
    try {
      return (String) FIND.invokeExact(headers, name) != null;
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** The names and values of all headers in turn, the first line as a name without a value. */
  static List<@Nullable String> copy(Object headers) {
    List<@Nullable String> copy = new ArrayList<>();
    try {
      for (int i = 0; ; i++) {
        String key = (String) KEY.invokeExact(headers, i);
        String value = (String) VALUE.invokeExact(headers, i);
        if (key == null && value == null) {
          return copy;
        }
        copy.add(key);
        copy.add(value);
      }
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** Puts back what {@link #copy} returned, in place of all headers. */
  static void restore(Object headers, List<@Nullable String> copy) {
    try {
      RESET.invokeExact(headers);
      for (int i = 0; i < copy.size(); i += 2) {
        ADD.invokeExact(headers, copy.get(i), copy.get(i + 1));
      }
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** All values of a header, in their order; null if there is none. */
  static @Nullable List<String> all(Object headers, String name) {
    List<String> found = null;
    try {
      for (int i = 0; ; i++) {
        String key = (String) KEY.invokeExact(headers, i);
        String value = (String) VALUE.invokeExact(headers, i);
        if (key == null && value == null) {
          return found;
        }
        if (value != null && name.equalsIgnoreCase(key)) {
          found = found == null ? new ArrayList<>(1) : found;
          found.add(value);
        }
      }
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static void set(Object headers, String name, String value) {
    try {
      SET.invokeExact(headers, name, value);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static void remove(Object headers, String name) {
    try {
      REMOVE.invokeExact(headers, name);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static @Nullable Socket socket(Object client) {
    try {
      return (Socket) SOCKET.invokeExact(client);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }
}
