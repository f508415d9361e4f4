package io.otlpagent.instrumentation.propagation;

import org.jspecify.annotations.Nullable;

/**
 * The value of a baggage member in its several spellings: percent-encoded as W3C Baggage wants it,
 * encoded as in a URL, and plain. Stateless.
 *
 * @see <a href="https://www.w3.org/TR/baggage/#value">W3C Baggage, 3.2.1.3</a>
 */
final class BaggageText {

  private static final String HEX = "0123456789ABCDEF";
  private static final String DELIMITERS = "\"(),/:;<=>?@[\\]{}";

  private BaggageText() {}

  /** Whether it can be the name of a header (RFC 9110, 5.6.2). */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || DELIMITERS.indexOf(c) >= 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Null if it cannot be written in a header. */
  static @Nullable String fromPlain(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!inHeader(c)) {
        return null;
      }
      append(text, c, isOctet(c) && c != '%');
    }
    return text.toString();
  }

  /** Null if it cannot be written in a header. */
  static @Nullable String fromUrlEncoded(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!inHeader(c)) {
        return null;
      }
      boolean asItIs = c == '%' ? octetAt(value, i) >= 0 : isOctet(c);
      append(text, c == '+' ? ' ' : c, asItIs && c != '+');
    }
    return text.toString();
  }

  /** The value as it may stand in a URL: a plus would be read as a space. */
  static @Nullable String toUrlEncoded(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!inHeader(c)) {
        return null;
      }
      boolean asItIs = c == '%' ? octetAt(value, i) >= 0 : isOctet(c);
      append(text, c, asItIs && c != '+');
    }
    return text.toString();
  }

  /** Null if it cannot be written in a header without an encoding. */
  static @Nullable String toPlain(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int octet = c == '%' ? octetAt(value, i) : -1;
      if (octet >= 0) {
        c = (char) octet;
        i += 2;
      }
      if (!inHeader(c)) {
        return null;
      }
      text.append(c);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, char c, boolean asItIs) {
    if (asItIs) {
      text.append(c);
    } else {
      text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
    }
  }

  /** What two digits after a percent sign mean; -1 if there are none. */
  private static int octetAt(String text, int percent) {
    if (percent + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean inHeader(char c) {
    return (c >= ' ' && c <= '~') || c == '\t';
  }

  /** Whether it may stand in the value of a member, a percent sign before two digits included. */
  private static boolean isOctet(char c) {
    return c > ' ' && c <= '~' && c != '"' && c != ',' && c != ';' && c != '\\';
  }
}
