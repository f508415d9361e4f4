package io.otlpagent.instrumentation.semconv.sql;

import org.jspecify.annotations.Nullable;

/**
 * What is told of one SQL text: the text without literals, and the summary. Immutable; made on the
 * application thread by one pass over the text.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">Semantic
 *     conventions for database calls: sanitization, and the summary</a>
 */
public final class SqlQuery {

  /** The first word of the summary of a batch. */
  public static final String BATCH = "BATCH";

  /** A batch without statements. */
  public static final SqlQuery EMPTY_BATCH = new SqlQuery("", null, null, BATCH, null, false);

  private final String sql;
  private final @Nullable String operationName;
  private final @Nullable String text;
  private final String summary;
  private final @Nullable String storedProcedure;
  private final boolean parameterized;

  private SqlQuery(
      String sql,
      @Nullable String operationName,
      @Nullable String text,
      String summary,
      @Nullable String storedProcedure,
      boolean parameterized) {
    this.sql = sql;
    this.operationName = operationName;
    this.text = text;
    this.summary = summary;
    this.storedProcedure = storedProcedure;
    this.parameterized = parameterized;
  }

  /** Reads a text; any text will do. */
  public static SqlQuery of(String sql, SqlDialect dialect) {
    SqlLexer lexer = new SqlLexer(sql, dialect);
    SqlText text = new SqlText(sql.length());
    SqlSummary summary = new SqlSummary();
    SqlToken token = lexer.next();
    while (token != SqlToken.END && !text.full()) {
      text.accept(lexer, token);
      summary.accept(lexer, token);
      token = lexer.next();
    }
    String sanitized = text.finish(sql);
    return new SqlQuery(
        sql,
        null,
        summary.onlyCall() ? null : sanitized,
        summary.finish(),
        summary.storedProcedure(),
        text.hasPlaceholders());
  }

  /** What is done by a method of the driver: there is no text. */
  public static SqlQuery operation(String name) {
    return new SqlQuery(name, name, null, "", null, false);
  }

  /** A batch of different statements. */
  public static SqlQuery batch(String text, String summary) {
    return new SqlQuery(text, null, text, summary, null, false);
  }

  /** A batch of this statement. */
  public SqlQuery batch() {
    String batchSummary = summary.isEmpty() ? BATCH : BATCH + " " + summary;
    if (batchSummary.length() > SqlSummaryWriter.MAX_LENGTH) {
      batchSummary =
          batchSummary.substring(0, batchSummary.lastIndexOf(' ', SqlSummaryWriter.MAX_LENGTH));
    }
    return new SqlQuery(sql, operationName, text, batchSummary, storedProcedure, parameterized);
  }

  /** The statement as the application wrote it. */
  public String sql() {
    return sql;
  }

  /** What is done without a text, such as {@code COMMIT}; null if there is one. */
  public @Nullable String operationName() {
    return operationName;
  }

  /** The text without literals; null for a mere call of a procedure. */
  public @Nullable String text() {
    return text;
  }

  /** The text as it was written, cut if it is too long; null for a mere call of a procedure. */
  public @Nullable String rawText() {
    if (text == null || sql.length() <= SqlText.MAX_LENGTH) {
      return text == null ? null : sql;
    }
    StringBuilder cut = new StringBuilder(SqlText.MAX_LENGTH + 1);
    cut.append(sql, 0, SqlText.MAX_LENGTH + 1);
    SqlText.truncate(cut);
    return cut.toString();
  }

  /** Operations and targets; empty if none was found. */
  public String summary() {
    return summary;
  }

  /** The name of the procedure that is called, as written; null if none is. */
  public @Nullable String storedProcedure() {
    return storedProcedure;
  }

  /** Whether the text has places for parameters. */
  public boolean parameterized() {
    return parameterized;
  }

  /** Whether the text is empty: what some drivers send to see whether the server answers. */
  public boolean blank() {
    return summary.isEmpty() && sql.trim().isEmpty();
  }
}
