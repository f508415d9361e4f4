package io.otlpagent.instrumentation.propagation;

import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The values of a list header that may come in several lines (RFC 9110, 5.3). */
final class HeaderValues {

  private HeaderValues() {}

  /**
   * All values, joined by commas; the only value itself if there is one.
   *
   * @param first the first value
   * @param all every value, the first included; null if the carrier cannot tell
   * @return null if they are longer together than {@code maxLength}
   */
  static @Nullable String join(String first, @Nullable Enumeration<String> all, int maxLength) {
    if (first.length() > maxLength) {
      return null;
    }
    if (all == null || !all.hasMoreElements()) {
      return first;
    }
    all.nextElement();
    if (!all.hasMoreElements()) {
      return first;
    }
    StringBuilder joined = new StringBuilder(first);
    while (all.hasMoreElements()) {
      String value = all.nextElement();
      if (joined.length() + 1 + value.length() > maxLength) {
        return null;
      }
      joined.append(',').append(value);
    }
    return joined.toString();
  }
}
