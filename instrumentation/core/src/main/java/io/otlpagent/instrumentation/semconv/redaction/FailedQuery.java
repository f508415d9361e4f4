package io.otlpagent.instrumentation.semconv.redaction;

import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.semconv.sql.SqlText;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that failed, as its own span and that of the request need it to recognize it in texts.
 * Immutable but for what it remembers; made on the thread of the call, read by the exporter thread.
 */
public final class FailedQuery {

  /** The most failures that one request remembers. */
  private static final int MAX_FAILURES = 4;

  private static final int MAX_LITERALS = 64;

  /** Shorter literals are words that messages have anyway. */
  private static final int SHORTEST_LITERAL = 3;

  private final String sql;
  private final SqlDialect dialect;
  private final SpanException thrown;
  private final @Nullable FailedQuery previous;
  private final int number;

  /**
   * @param sql the statement as the application wrote it
   * @param previous another failure of the same request; null if there was none
   */
  public FailedQuery(
      String sql, SqlDialect dialect, SpanException thrown, @Nullable FailedQuery previous) {
    this.sql = sql;
    this.dialect = dialect;
    this.thrown = thrown;
    this.previous = previous == null || previous.number == MAX_FAILURES ? null : previous;
    this.number = this.previous == null ? 1 : this.previous.number + 1;
  }

  @Nullable FailedQuery previous() {
    return previous;
  }

  SpanException thrown() {
    return thrown;
  }

  SqlDialect dialect() {
    return dialect;
  }

  /** The statement as the application wrote it. */
  String sql() {
    return sql;
  }

  /** The statement without literals. */
  String text() {
    return SqlText.of(sql, dialect);
  }

  /** The literals of the statement, unless it says the same elsewhere. */
  List<String> literals() {
    List<String> literals = new ArrayList<>();
    String text = SqlText.of(sql, dialect, literals);
    List<String> kept = new ArrayList<>();
    for (String literal : literals) {
      if (literal.length() >= SHORTEST_LITERAL
          && kept.size() < MAX_LITERALS
          && !kept.contains(literal)
          && indexOfWord(text, literal, 0) < 0) {
        kept.add(literal);
      }
    }
    return kept;
  }

  /** Where a word is, whatever its case; negative if it is not there. */
  static int indexOfWord(String text, String word, int from) {
    int last = text.length() - word.length();
    for (int i = from; i <= last; i++) {
      if (text.regionMatches(true, i, word, 0, word.length())
          && MaskedText.isWhole(text, i, word.length())) {
        return i;
      }
    }
    return -1;
  }
}
