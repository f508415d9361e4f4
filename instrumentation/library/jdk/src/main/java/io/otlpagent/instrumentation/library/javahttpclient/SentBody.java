package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.util.JdkInternals;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Length} of a request, which the client finds out as it writes it. The
 * publisher is not asked again: it may be the application's. Loaded once the operator wants sizes.
 */
final class SentBody {

  private static final JdkInternals JDK = new JdkInternals(MethodHandles.lookup());

  private static final String PACKAGE = "jdk.internal.net.http.";
  private static final String HTTP_1 = PACKAGE + "Http1Exchange";
  private static final String HTTP_2 = PACKAGE + "Stream";

  private static final MethodHandle HTTP_1_REQUEST =
      JDK.field(HTTP_1, "requestAction", Object.class);
  private static final MethodHandle HTTP_1_LENGTH =
      JDK.field(PACKAGE + "Http1Request", "contentLength", long.class);
  private static final MethodHandle HTTP_2_LENGTH =
      JDK.field(HTTP_2, "requestContentLen", long.class);

  private SentBody() {}

  /**
   * The length of a body; -1 if it is unknown, or if there may be none.
   *
   * @param exchangeImpl whose request has been written
   */
  static long size(@Nullable Object exchangeImpl) {
    if (exchangeImpl == null) {
      return -1;
    }
    long size = length(exchangeImpl);
    // 0 is also what stands there before.
    return size == 0 ? -1 : size;
  }

  private static long length(Object exchangeImpl) {
    try {
      switch (exchangeImpl.getClass().getName()) {
        case HTTP_1:
          Object request = (Object) HTTP_1_REQUEST.invokeExact(exchangeImpl);
          return (long) HTTP_1_LENGTH.invokeExact(request);
        case HTTP_2:
          return (long) HTTP_2_LENGTH.invokeExact(exchangeImpl);
        default:
          return -1;
      }
    } catch (Throwable e) {
      throw JdkInternals.rethrow(e);
    }
  }
}
