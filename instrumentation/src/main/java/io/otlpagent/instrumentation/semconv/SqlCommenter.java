package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.propagation.TextMapSetter;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * Adds the trace to statements, as a comment that the database shows beside them. On the threads of
 * the calls, and woven only if it is wanted.
 *
 * <p>A text that cannot take a comment, or is stored by the database, stays as it is; so does one
 * that has a comment, as the specification demands, which is also why nothing is added twice.
 *
 * @see <a href="https://google.github.io/sqlcommenter/spec/">sqlcommenter</a>
 */
public final class SqlCommenter {

  private static final TextMapSetter<StringBuilder> FIELDS = SqlCommenter::append;

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  // The last of each thread: what a pool hands on to a driver.
  private static final ThreadLocal<@Nullable SqlCommenter> LAST = new ThreadLocal<>();

  private final String original;
  private final String commented;

  private SqlCommenter(String original, String commented) {
    this.original = original;
    this.commented = commented;
  }

  /**
   * A text with the span of its execution.
   *
   * @param span null if there is none: the call is a part of another one
   * @return null if the text is to stay as it is
   */
  public static @Nullable String comment(@Nullable Span span, @Nullable String sql) {
    if (span == null || sql == null || !span.recorded()) {
      return null;
    }
    int end = end(sql);
    if (end < 0) {
      return null;
    }
    StringBuilder text = new StringBuilder(sql.length() + 80).append(sql, 0, end).append(" /*");
    int empty = text.length();
    Propagation.inject(span, text, FIELDS);
    if (text.length() == empty) {
      return null;
    }
    String commented = text.append("*/").append(sql, end, sql.length()).toString();
    // Longer ones nobody keeps either.
    LAST.set(sql.length() > SqlQueries.MAX_CACHED_LENGTH ? null : new SqlCommenter(sql, commented));
    return commented;
  }

  /**
   * A text that is executed later with the span that is current now.
   *
   * @return null if the text is to stay as it is
   */
  public static @Nullable String comment(@Nullable String sql) {
    Span current = Context.current();
    // Inside a call the driver speaks to its database for itself.
    return current instanceof DbSpan && !current.ended() ? null : comment(current, sql);
  }

  /** The text that the application gave, if this one is what was made of it. */
  public static @Nullable String original(@Nullable String sql) {
    SqlCommenter last = LAST.get();
    return last != null && last.commented.equals(sql) ? last.original : sql;
  }

  /** Where the comment goes: before the last semicolon; -1 if nowhere. */
  private static int end(String sql) {
    int start = 0;
    int end = sql.length();
    while (end > 0 && (sql.charAt(end - 1) <= ' ' || sql.charAt(end - 1) == ';')) {
      end--;
    }
    while (start < end && sql.charAt(start) <= ' ') {
      start++;
    }
    boolean stays =
        start == end
            // Drivers allow nothing beside the braces of a call.
            || sql.charAt(start) == '{'
            // Views and procedures keep their text.
            || startsWith(sql, start, "CREATE")
            || startsWith(sql, start, "ALTER")
            || sql.contains("/*")
            || sql.contains("--");
    return stays ? -1 : end;
  }

  private static boolean startsWith(String sql, int start, String word) {
    return sql.regionMatches(true, start, word, 0, word.length());
  }

  private static void append(StringBuilder text, String key, String value) {
    if (!key.equals(Propagation.TRACEPARENT) && !key.equals(Propagation.TRACESTATE)) {
      return;
    }
    if (text.charAt(text.length() - 1) != '*') {
      text.append(',');
    }
    text.append(key).append("='");
    for (int i = 0; i < value.length(); i++) {
      encode(value.charAt(i), text);
    }
    text.append('\'');
  }

  /** Percent-encoding, by which nothing can end the comment; the fields are of ASCII only. */
  private static void encode(char c, StringBuilder text) {
    boolean plain =
        (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || c == '-'
            || c == '_'
            || c == '.'
            || c == '~';
    if (plain) {
      text.append(c);
    } else {
      text.append('%').append(HEX[c >> 4 & 0xf]).append(HEX[c & 0xf]);
    }
  }
}
