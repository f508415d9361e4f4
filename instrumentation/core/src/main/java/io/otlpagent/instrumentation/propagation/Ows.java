package io.otlpagent.instrumentation.propagation;

/** Optional white space of HTTP: spaces and tabs (RFC 9110, 5.6.3). */
final class Ows {

  private Ows() {}

  /** The first position from {@code start} that is not white space; {@code end} if all is. */
  static int skip(String text, int start, int end) {
    int i = start;
    while (i < end && isOws(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The end of the text once white space before {@code end} is taken off. */
  static int trim(String text, int start, int end) {
    int i = end;
    while (i > start && isOws(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isOws(char c) {
    return c == ' ' || c == '\t';
  }
}
