package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The header of AWS X-Ray, {@code X-Amzn-Trace-Id: Root=1-<8>-<24>;Parent=<16>;Sampled=1} with
 * hexadecimal digits, its fields in any order. Others, such as {@code Self} and {@code Lineage},
 * are passed over and not passed on. Without {@code Sampled=0} or {@code 1} the decision is ours;
 * without {@code Parent}, as load balancers send it, the trace has its id and begins here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">
 *     Tracing header</a>
 */
enum XRay implements PropagationFormat {
  INSTANCE;

  private static final String NAME = "x-amzn-trace-id";
  private static final String ROOT = "Root=";
  private static final String PARENT = "Parent=";
  private static final String SAMPLED = "Sampled=";
  private static final String VERSION = "1-";

  /** Digits of the second part of a trace id; the first is a time and has up to 8. */
  private static final int UNIQUE = 24;

  private static final int TIME = 8;
  private static final int LONG_DIGITS = 16;

  /** Several times what AWS sends. */
  private static final int MAX_LENGTH = 1024;

  @Override
  public <C> @Nullable SpanContext extract(C carrier, TextMapGetter<C> getter) {
    String header = getter.first(carrier, NAME);
    if (header == null || header.length() > MAX_LENGTH) {
      return null;
    }
    int root = -1;
    int rootEnd = -1;
    int parent = -1;
    int parentEnd = -1;
    int flags = SpanContext.UNDECIDED;
    int next;
    for (int position = 0; position < header.length(); position = next + 1) {
      int semicolon = header.indexOf(';', position);
      next = semicolon < 0 ? header.length() : semicolon;
      int start = Ows.skip(header, position, next);
      int end = Ows.trim(header, start, next);
      if (header.startsWith(ROOT, start)) {
        root = start + ROOT.length();
        rootEnd = end;
      } else if (header.startsWith(PARENT, start)) {
        parent = start + PARENT.length();
        parentEnd = end;
      } else if (header.startsWith(SAMPLED, start)) {
        flags = flags(header, start + SAMPLED.length(), end);
      }
    }
    return context(header, root, rootEnd, parent, parentEnd, flags);
  }

  private static int flags(String header, int start, int end) {
    if (end - start != 1) {
      return SpanContext.UNDECIDED;
    }
    char sampled = header.charAt(start);
    return sampled == '1' ? SpanContext.SAMPLED : sampled == '0' ? 0 : SpanContext.UNDECIDED;
  }

  private static @Nullable SpanContext context(
      String header, int root, int rootEnd, int parent, int parentEnd, int flags) {
    int unique = rootEnd - UNIQUE;
    int time = root + VERSION.length();
    if (root < 0
        || unique - 1 < time
        || !header.startsWith(VERSION, root)
        || !HexIds.isHex(header, time, unique - 1, TIME)
        || header.charAt(unique - 1) != '-'
        || !HexIds.isHex(header, unique, rootEnd, UNIQUE)) {
      return null;
    }
    int low = rootEnd - LONG_DIGITS;
    long high = HexIds.parse(header, time, unique - 1) << 32 | HexIds.parse(header, unique, low);
    long spanId = 0;
    if (parent >= 0) {
      if (parentEnd - parent != LONG_DIGITS
          || !HexIds.isHex(header, parent, parentEnd, LONG_DIGITS)) {
        return null;
      }
      spanId = HexIds.parse(header, parent, parentEnd);
      if (spanId == 0) {
        return null;
      }
    }
    long lowId = HexIds.parse(header, low, rootEnd);
    return (high | lowId) == 0 ? null : new SpanContext(high, lowId, spanId, flags, null);
  }

  @Override
  public <C> void inject(Span span, C carrier, TextMapSetter<C> setter) {
    String traceId = HexIds.traceId(span);
    setter.set(
        carrier,
        NAME,
        ROOT
            + VERSION
            + traceId.substring(0, TIME)
            + '-'
            + traceId.substring(TIME)
            + ';'
            + PARENT
            + HexIds.spanId(span)
            + ';'
            + SAMPLED
            + (span.sampled() ? '1' : '0'));
  }
}
