package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.semconv.HeaderCapture;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads how long a body is from the headers before it. Stateless. */
final class BodySize {

  /** Nobody knows. */
  static final long UNKNOWN = -1;

  /** A number of so many digits does not overflow. */
  private static final int MAX_DIGITS = 18;

  private BodySize() {}

  /** What {@code Content-Length} says (RFC 9110, section 8.6); never throws what getters do. */
  static long of(HeaderCapture.Source headers) {
    try {
      Collection<String> values = headers.values("content-length");
      if (values == null || values.size() != 1) {
        return UNKNOWN;
      }
      String value = values.iterator().next();
      return value == null ? UNKNOWN : parse(value);
    } catch (Throwable e) {
      // The application's own request, or its wrapper of one. The request and its span go on.
      return UNKNOWN;
    }
  }

  private static long parse(String text) {
    String digits = text.trim();
    if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
      return UNKNOWN;
    }
    long size = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return UNKNOWN;
      }
      size = size * 10 + digit;
    }
    return size;
  }

  /**
   * Whether the header of such a response tells the size of its body, and not of one that another
   * request would get.
   */
  static boolean toldByResponse(@Nullable String method, int status) {
    return !"HEAD".equals(method) && status != 304;
  }
}
