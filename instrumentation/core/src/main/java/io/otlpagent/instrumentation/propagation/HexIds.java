package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/** Ids as the older formats write them: leading zeros may be missing. Stateless. */
final class HexIds {

  private static final int LONG_DIGITS = 16;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private HexIds() {}

  /** A span's identity between positions of two texts; null if an id is invalid or zero. */
  static @Nullable SpanContext context(
      String trace, int traceStart, int traceEnd, String span, int start, int end, int flags) {
    if (!isHex(trace, traceStart, traceEnd, 2 * LONG_DIGITS)
        || !isHex(span, start, end, LONG_DIGITS)) {
      return null;
    }
    int low = Math.max(traceStart, traceEnd - LONG_DIGITS);
    long traceIdHigh = parse(trace, traceStart, low);
    long traceIdLow = parse(trace, low, traceEnd);
    long spanId = parse(span, start, end);
    return (traceIdHigh | traceIdLow) == 0 || spanId == 0
        ? null
        : new SpanContext(traceIdHigh, traceIdLow, spanId, flags, null);
  }

  /** Whether these are one to so many digits. */
  static boolean isHex(String text, int start, int end, int digits) {
    for (int i = start; i < end; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return end > start && end - start <= digits;
  }

  /** The number; what is no digit counts as zero. */
  static long parse(String text, int start, int end) {
    long value = 0;
    for (int i = start; i < end; i++) {
      value = value << 4 | Math.max(0, Character.digit(text.charAt(i), 16));
    }
    return value;
  }

  static String traceId(Span span) {
    char[] text = new char[2 * LONG_DIGITS];
    write(span.traceIdHigh(), text, 0);
    write(span.traceIdLow(), text, LONG_DIGITS);
    return new String(text);
  }

  static String spanId(Span span) {
    char[] text = new char[LONG_DIGITS];
    write(span.spanId(), text, 0);
    return new String(text);
  }

  private static void write(long value, char[] text, int offset) {
    long rest = value;
    for (int i = offset + LONG_DIGITS - 1; i >= offset; i--) {
      text[i] = HEX[(int) (rest & 0xf)];
      rest >>>= 4;
    }
  }
}
