package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.propagation.TextMapSetter;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.semconv.db.DbSystem;
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

  /** Whether a class is a driver's own, of a database that is known to take comments. */
  private static final ClassValue<Boolean> DRIVERS =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (DbSystem.ofClass(each.getName()).takesComments()) {
              return true;
            }
          }
          return false;
        }
      };

  // What a thread has commented in the call that it is in: what a class hands on to another.
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
  public static @Nullable String executed(@Nullable DbSpan span, @Nullable String sql) {
    return span == null || !span.operation().info().system().takesComments()
        ? null
        : comment(span, sql);
  }

  /**
   * A text that is prepared, with the span that is current now. Only the driver's own connection
   * adds it: what is above the driver may keep statements by their texts, which have to stay the
   * same for that.
   *
   * @return null if the text is to stay as it is
   */
  public static @Nullable String prepared(Object connection, @Nullable String sql) {
    return DRIVERS.get(connection.getClass()) ? nested(sql) : null;
  }

  /**
   * A text that is added to a batch, with the span that is current now.
   *
   * @param statement null if the call is a part of another one
   * @return null if the text is to stay as it is
   */
  public static @Nullable String added(@Nullable DbStatement statement, @Nullable String sql) {
    return statement == null || !statement.connection().info().system().takesComments()
        ? null
        : nested(sql);
  }

  private static @Nullable String nested(@Nullable String sql) {
    Span current = Context.current();
    // Inside a call the driver speaks to its database for itself.
    if (sql == null || (current instanceof DbSpan && !current.ended())) {
      return null;
    }
    String commented = comment(current, sql);
    if (commented != null) {
      LAST.set(new SqlCommenter(sql, commented));
    }
    return commented;
  }

  /** The call in which a text got its comment has ended. */
  public static void forget() {
    LAST.set(null);
  }

  /** Null if the text is to stay as it is. */
  static @Nullable String comment(@Nullable Span span, @Nullable String sql) {
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
    return text.append("*/").append(sql, end, sql.length()).toString();
  }

  /** The text that the application gave, if this one is what was made of it in this call. */
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
