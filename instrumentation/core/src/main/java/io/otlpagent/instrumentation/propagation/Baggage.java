package io.otlpagent.instrumentation.propagation;

import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code baggage} header, which the agent passes on unread. What no HTTP client would send is
 * dropped, so that passing it on cannot fail a request.
 *
 * @see <a href="https://www.w3.org/TR/baggage/#limits">W3C Baggage, 3.3.2</a>
 */
final class Baggage {

  /** What the specification asks every platform to pass on. */
  static final int MAX_LENGTH = 8192;

  private Baggage() {}

  static @Nullable String join(String first, @Nullable Enumeration<String> all) {
    String list = HeaderValues.join(first, all, MAX_LENGTH);
    if (list == null || Ows.skip(list, 0, list.length()) == list.length()) {
      return null;
    }
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if ((c < ' ' || c > '~') && c != '\t') {
        return null;
      }
    }
    return list;
  }
}
