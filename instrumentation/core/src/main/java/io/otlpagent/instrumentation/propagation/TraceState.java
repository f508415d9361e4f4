package io.otlpagent.instrumentation.propagation;

import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tracestate} header: other vendors' members, passed on in their order. A list with an
 * invalid or repeated member, or with more than 32, is dropped as a whole.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/#tracestate-header">Trace Context, 3.3</a>
 */
final class TraceState {

  /** The specification asks for at least 512 characters; later members are left off. */
  static final int MAX_LENGTH = 2048;

  /** More than 32 members of the greatest length, white space included. */
  private static final int MAX_RECEIVED_LENGTH = 20_000;

  private static final int MAX_MEMBERS = 32;
  private static final int MAX_KEY_LENGTH = 256;
  private static final int MAX_VALUE_LENGTH = 256;

  private TraceState() {}

  /**
   * The members of one or more headers.
   *
   * @param first the first header
   * @param all every header, the first included
   * @return null if there is no member, or if any is invalid
   */
  static @Nullable String join(String first, @Nullable Enumeration<String> all) {
    String list = HeaderValues.join(first, all, MAX_RECEIVED_LENGTH);
    if (list == null) {
      return null;
    }
    boolean tidy = list.length() <= MAX_LENGTH;
    int count = 0;
    int next;
    for (int position = 0; position <= list.length(); position = next + 1) {
      next = memberEnd(list, position);
      int start = Ows.skip(list, position, next);
      int end = Ows.trim(list, start, next);
      tidy &= start < end && start == position && end == next;
      if (start < end && (++count > MAX_MEMBERS || !isNewMember(list, start, end))) {
        return null;
      }
    }
    if (count == 0) {
      return null;
    }
    return tidy ? list : tidied(list);
  }

  /** The members of a valid list without white space between them, as many as fit. */
  private static String tidied(String list) {
    StringBuilder members = new StringBuilder(Math.min(list.length(), MAX_LENGTH));
    int next;
    for (int position = 0; position <= list.length(); position = next + 1) {
      next = memberEnd(list, position);
      int start = Ows.skip(list, position, next);
      int end = Ows.trim(list, start, next);
      if (start < end) {
        if (members.length() + 1 + end - start > MAX_LENGTH) {
          break;
        }
        if (members.length() > 0) {
          members.append(',');
        }
        members.append(list, start, end);
      }
    }
    return members.toString();
  }

  private static int memberEnd(String list, int from) {
    int comma = list.indexOf(',', from);
    return comma < 0 ? list.length() : comma;
  }

  private static boolean isNewMember(String list, int start, int end) {
    int equals = list.indexOf('=', start);
    return equals > start
        && equals < end - 1
        && isKey(list, start, equals)
        && isValue(list, equals + 1, end)
        && !hasKeyBefore(list, start, equals + 1);
  }

  private static boolean isKey(String list, int start, int end) {
    if (end - start > MAX_KEY_LENGTH || !isLetterOrDigit(list.charAt(start))) {
      return false;
    }
    for (int i = start + 1; i < end; i++) {
      char c = list.charAt(i);
      if (!isLetterOrDigit(c) && c != '_' && c != '-' && c != '*' && c != '/' && c != '@') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isValue(String list, int start, int end) {
    if (end - start > MAX_VALUE_LENGTH) {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = list.charAt(i);
      if (c < ' ' || c > '~' || c == '=') {
        return false;
      }
    }
    return true;
  }

  /** Whether an earlier member starts with the same key and equals sign. */
  private static boolean hasKeyBefore(String list, int start, int keyEnd) {
    int next;
    for (int position = 0; position < start; position = next + 1) {
      next = memberEnd(list, position);
      int earlier = Ows.skip(list, position, next);
      if (earlier < start && list.regionMatches(earlier, list, start, keyEnd - start)) {
        return true;
      }
    }
    return false;
  }
}
