package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;

/**
 * The {@code traceparent} header. Parsing allocates nothing: fields are read from the header by
 * their position.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/#traceparent-header">Trace Context, 3.2</a>
 */
final class TraceParent {

  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;
  private static final int LENGTH = 55;

  private TraceParent() {}

  /** Where the value starts within a valid header, after white space; -1 if it is invalid. */
  static int find(String header) {
    int start = Ows.skip(header, 0, header.length());
    int length = Ows.trim(header, start, header.length()) - start;
    if (length < LENGTH
        || !isHex(header, start, 2)
        || header.charAt(start + TRACE_ID - 1) != '-'
        || !isHex(header, start + TRACE_ID, 32)
        || header.charAt(start + SPAN_ID - 1) != '-'
        || !isHex(header, start + SPAN_ID, 16)
        || header.charAt(start + FLAGS - 1) != '-'
        || !isHex(header, start + FLAGS, 2)) {
      return -1;
    }
    boolean valid =
        versionAllows(header, start, length)
            && (traceIdHigh(header, start) | traceIdLow(header, start)) != 0
            && spanId(header, start) != 0;
    return valid ? start : -1;
  }

  /** Version 00 has this length; later ones may go on after a dash; ff is none. */
  private static boolean versionAllows(String header, int start, int length) {
    long version = parse(header, start, 2);
    if (version == 0) {
      return length == LENGTH;
    }
    return version != 0xff && (length == LENGTH || header.charAt(start + LENGTH) == '-');
  }

  static long traceIdHigh(String header, int start) {
    return parse(header, start + TRACE_ID, 16);
  }

  static long traceIdLow(String header, int start) {
    return parse(header, start + TRACE_ID + 16, 16);
  }

  static long spanId(String header, int start) {
    return parse(header, start + SPAN_ID, 16);
  }

  static int flags(String header, int start) {
    return (int) parse(header, start + FLAGS, 2);
  }

  static String format(Span span) {
    char[] text = new char[LENGTH];
    write(0, text, 0, 2);
    text[TRACE_ID - 1] = '-';
    write(span.traceIdHigh(), text, TRACE_ID, 16);
    write(span.traceIdLow(), text, TRACE_ID + 16, 16);
    text[SPAN_ID - 1] = '-';
    write(span.spanId(), text, SPAN_ID, 16);
    text[FLAGS - 1] = '-';
    write(span.flags(), text, FLAGS, 2);
    return new String(text);
  }

  private static boolean isHex(String text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static long parse(String text, int offset, int length) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      char c = text.charAt(i);
      value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return value;
  }

  private static void write(long value, char[] text, int offset, int length) {
    long rest = value;
    for (int i = offset + length - 1; i >= offset; i--) {
      text[i] = HEX[(int) (rest & 0xf)];
      rest >>>= 4;
    }
  }
}
