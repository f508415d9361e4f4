package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/**
 * The {@code ot} member of a {@code tracestate} that a propagator found valid: {@code
 * ot=th:8;rv:0123456789abcd}. Stateless.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/trace/tracestate-handling/">TraceState
 *     handling</a>
 */
public final class OtTraceState {

  private static final String KEY = "ot=";
  private static final String THRESHOLD = "th:";
  private static final String RANDOMNESS = "rv:";
  private static final int RANDOMNESS_DIGITS = 14;

  /** The most members that a list may have (W3C Trace Context, section 3.3.1.1). */
  private static final int MAX_MEMBERS = 32;

  /** The longest value of a member (W3C Trace Context, section 3.3.1.3.2). */
  private static final int MAX_VALUE_LENGTH = 256;

  private OtTraceState() {}

  /** The explicit randomness of the trace, 56 bits; -1 if there is none, or none that is valid. */
  public static long randomness(String traceState) {
    int member = member(traceState);
    if (member < 0) {
      return -1;
    }
    int end = end(traceState, member, ',');
    int start = subKey(traceState, member + KEY.length(), end, RANDOMNESS);
    if (start < 0 || end(traceState, start, ';', end) - start != RANDOMNESS_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < start + RANDOMNESS_DIGITS; i++) {
      char c = traceState.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return -1;
      }
      value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return value;
  }

  static boolean hasThreshold(String traceState) {
    int member = member(traceState);
    return member >= 0
        && subKey(traceState, member + KEY.length(), end(traceState, member, ','), THRESHOLD) >= 0;
  }

  /**
   * The list with this threshold: in front if anything changes, as the specification asks; the
   * other values of the member and the other members follow in their order.
   *
   * @param threshold up to 14 hexadecimal digits; null to take out what is there
   * @return null if nothing is left
   */
  static @Nullable String withThreshold(@Nullable String traceState, @Nullable String threshold) {
    if (traceState == null) {
      return threshold == null ? null : KEY + THRESHOLD + threshold;
    }
    int member = member(traceState);
    int end = member < 0 ? -1 : end(traceState, member, ',');
    if (threshold == null && !hasThreshold(traceState)) {
      return traceState;
    }
    StringBuilder list = new StringBuilder(traceState.length() + 24);
    list.append(KEY);
    if (threshold != null) {
      list.append(THRESHOLD).append(threshold);
    }
    if (member >= 0) {
      appendOthers(list, traceState, member + KEY.length(), end);
    }
    if (list.length() == KEY.length()) {
      list.setLength(0);
    }
    appendMembers(list, traceState, member);
    return list.length() == 0 ? null : list.toString();
  }

  /** The values of the member but the threshold, as many as fit. */
  private static void appendOthers(StringBuilder list, String traceState, int from, int end) {
    int next;
    for (int start = from; start < end; start = next + 1) {
      next = end(traceState, start, ';', end);
      boolean fits = list.length() - KEY.length() + 1 + next - start <= MAX_VALUE_LENGTH;
      if (next > start && !traceState.startsWith(THRESHOLD, start) && fits) {
        if (list.length() > KEY.length()) {
          list.append(';');
        }
        list.append(traceState, start, next);
      }
    }
  }

  /** The members but the one at {@code without}; the last one is left off if they are too many. */
  private static void appendMembers(StringBuilder list, String traceState, int without) {
    int count = list.length() == 0 ? 0 : 1;
    int next;
    for (int start = 0; start < traceState.length(); start = next + 1) {
      next = end(traceState, start, ',');
      if (start != without && next > start && count < MAX_MEMBERS) {
        if (list.length() > 0) {
          list.append(',');
        }
        list.append(traceState, start, next);
        count++;
      }
    }
  }

  /** Where the member starts; -1 if there is none. */
  private static int member(String traceState) {
    int start = 0;
    while (start >= 0) {
      if (traceState.startsWith(KEY, start)) {
        return start;
      }
      int comma = traceState.indexOf(',', start);
      start = comma < 0 ? -1 : comma + 1;
    }
    return -1;
  }

  /** Where the value of a key starts, within a member's value; -1 if there is none. */
  private static int subKey(String traceState, int from, int end, String key) {
    for (int start = from; start < end; start = end(traceState, start, ';', end) + 1) {
      if (traceState.startsWith(key, start)) {
        return start + key.length();
      }
    }
    return -1;
  }

  private static int end(String text, int from, char separator) {
    return end(text, from, separator, text.length());
  }

  private static int end(String text, int from, char separator, int limit) {
    int end = text.indexOf(separator, from);
    return end < 0 || end > limit ? limit : end;
  }
}
