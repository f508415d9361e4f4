package io.otlpagent.instrumentation.library.javahttpclient;

import static java.lang.invoke.MethodType.methodType;

import io.otlpagent.instrumentation.util.JdkInternals;
import io.otlpagent.instrumentation.util.WeakMap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the application has set, as they are sent: without those of the trace, which the
 * client would else prefer to ours. The application's own request keeps them. Those of few requests
 * are kept here, as long as the client's copy of the request lives. Any thread of the client.
 */
final class UserHeaders {

  private static final JdkInternals JDK = new JdkInternals(MethodHandles.lookup());

  private static final MethodHandle USER =
      JDK.field("jdk.internal.net.http.HttpRequestImpl", "userHeaders", Object.class);
  private static final MethodHandle MAP;
  private static final MethodHandle FILTERED;

  // The names that are left out, by the client's request.
  private static final WeakMap<Object, List<String>> LEFT_OUT = new WeakMap<>(64);
  private static volatile boolean used;

  static {
    try {
      Class<?> headers =
          Class.forName("java.net.http.HttpHeaders", false, UserHeaders.class.getClassLoader());
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MAP =
          lookup
              .findVirtual(headers, "map", methodType(Map.class))
              .asType(methodType(Map.class, Object.class));
      FILTERED =
          lookup
              .findStatic(headers, "of", methodType(headers, Map.class, BiPredicate.class))
              .asType(methodType(Object.class, Map.class, BiPredicate.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("java.net.http.HttpHeaders is not as it was", e);
    }
  }

  private UserHeaders() {}

  /** Leaves out a header of the application if there is one. Before the request is sent. */
  static void leaveOut(Object request, String name) {
    if (!map(user(request)).containsKey(name)) {
      return;
    }
    List<String> before = LEFT_OUT.get(request);
    List<String> names = new ArrayList<>();
    if (before != null) {
      names.addAll(before);
    }
    names.add(name);
    LEFT_OUT.put(request, names);
    used = true;
  }

  /**
   * What is to be sent of the application's headers.
   *
   * @return null if all of them
   */
  static @Nullable Object sent(Object request, @Nullable Object headers) {
    List<String> names = used && headers != null ? LEFT_OUT.get(request) : null;
    if (names == null || headers == null) {
      return null;
    }
    BiPredicate<String, String> kept = (name, value) -> !contains(names, name);
    try {
      return (Object) FILTERED.invokeExact(map(headers), kept);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  private static boolean contains(List<String> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static Object user(Object request) {
    try {
      return (Object) USER.invokeExact(request);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }

  /** Its keys are compared without regard to case. */
  @SuppressWarnings("rawtypes") // As handles are typed.
  private static Map map(Object headers) {
    try {
      return (Map) MAP.invokeExact(headers);
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }
}
