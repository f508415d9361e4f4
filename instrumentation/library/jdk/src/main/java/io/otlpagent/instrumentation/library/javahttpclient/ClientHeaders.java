package io.otlpagent.instrumentation.library.javahttpclient;

import static java.lang.invoke.MethodType.methodType;

import io.otlpagent.instrumentation.util.JdkInternals;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Headers of {@code jdk.internal.net.http}. Loaded once the operator wants one, so that a JDK that
 * lacks something of this costs no more than the headers.
 */
final class ClientHeaders {

  private static final JdkInternals JDK = new JdkInternals(MethodHandles.lookup());

  private static final String PACKAGE = "jdk.internal.net.http.";
  private static final String REQUEST = PACKAGE + "HttpRequestImpl";

  // Those of the application.
  private static final MethodHandle USER = JDK.field(REQUEST, "userHeaders", Object.class);
  private static final MethodHandle SYSTEM =
      JDK.field(REQUEST, "systemHeadersBuilder", Object.class);
  private static final MethodHandle SYSTEM_MAP =
      JDK.field(PACKAGE + "common.HttpHeadersBuilder", "headersMap", Map.class);
  private static final MethodHandle RESPONSE =
      JDK.field(PACKAGE + "Response", "headers", Object.class);
  private static final MethodHandle ALL_VALUES = allValues();

  private ClientHeaders() {}

  /**
   * The values of a header of a request that is about to be sent. Those of the connection, such as
   * {@code Host}, are not there yet. To be called by the thread that sends it.
   */
  @SuppressWarnings("unchecked") // A map from names to lists of values.
  static @Nullable List<String> ofRequest(Object request, String name) {
    try {
      Object builder = (Object) SYSTEM.invokeExact(request);
      // Compares names without regard to case. What the client sets replaces what was set before.
      List<String> system = ((Map<String, List<String>>) SYSTEM_MAP.invokeExact(builder)).get(name);
      return system == null ? all((Object) USER.invokeExact(request), name) : system;
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  static List<String> ofResponse(Object response, String name) {
    try {
      return all((Object) RESPONSE.invokeExact(response), name);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  @SuppressWarnings("unchecked") // As HttpHeaders declares it.
  private static List<String> all(Object headers, String name) throws Throwable {
    return (List<String>) (List<?>) ALL_VALUES.invokeExact(headers, name);
  }

  /** Of a class that everybody may use, and that JDK 8 has not. */
  private static MethodHandle allValues() {
    try {
      Class<?> headers =
          Class.forName("java.net.http.HttpHeaders", false, ClientHeaders.class.getClassLoader());
      return MethodHandles.publicLookup()
          .findVirtual(headers, "allValues", methodType(List.class, String.class))
          .asType(methodType(List.class, Object.class, String.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("java.net.http.HttpHeaders.allValues is not in this JDK", e);
    }
  }
}
