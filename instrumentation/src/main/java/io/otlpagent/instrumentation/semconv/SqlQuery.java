package io.otlpagent.instrumentation.semconv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one SQL text: the text without literals, and the summary. Immutable but for what
 * it remembers; made on the application thread by one pass over the text.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">Semantic
 *     conventions for database calls: sanitization, and the summary</a>
 */
final class SqlQuery {

  /** The first word of the summary of a batch. */
  static final String BATCH = "BATCH";

  /** The most databases for which one query remembers its operation. */
  private static final int MAX_OPERATIONS = 16;

  private static final DbOperation[] NO_OPERATIONS = {};

  /** A batch without statements. */
  static final SqlQuery EMPTY_BATCH = new SqlQuery("", null, BATCH, null, false, null);

  /** The ends of a transaction by a method of the driver: there is no text. */
  static final SqlQuery COMMIT = new SqlQuery("COMMIT");

  static final SqlQuery ROLLBACK = new SqlQuery("ROLLBACK");

  private final String sql;
  private final @Nullable String operationName;
  private final @Nullable String text;
  private final String summary;
  private final @Nullable String storedProcedure;
  private final boolean parameterized;
  private final @Nullable DbNamespace moves;

  // Written by whoever comes first; a lost update costs making the same again.
  private volatile DbOperation[] operations = NO_OPERATIONS;
  private volatile @Nullable SqlQuery batch;

  private SqlQuery(
      String sql,
      @Nullable String text,
      String summary,
      @Nullable String storedProcedure,
      boolean parameterized,
      @Nullable DbNamespace moves) {
    this.sql = sql;
    this.operationName = null;
    this.text = text;
    this.summary = summary;
    this.storedProcedure = storedProcedure;
    this.parameterized = parameterized;
    this.moves = moves;
  }

  private SqlQuery(String operationName) {
    this.sql = operationName;
    this.operationName = operationName;
    this.text = null;
    this.summary = "";
    this.storedProcedure = null;
    this.parameterized = false;
    this.moves = null;
  }

  /** Reads a text; any text will do. */
  static SqlQuery of(String sql, SqlDialect dialect) {
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
        summary.onlyCall() ? null : sanitized,
        summary.finish(),
        summary.storedProcedure(),
        text.hasPlaceholders(),
        SqlMoves.of(sql, dialect));
  }

  /** A batch of different statements. */
  static SqlQuery batch(String text, String summary) {
    return new SqlQuery(text, text, summary, null, false, null);
  }

  /** A batch of this statement; the same object each time. */
  SqlQuery batch() {
    SqlQuery made = batch;
    if (made == null) {
      String batchSummary = summary.isEmpty() ? BATCH : BATCH + " " + summary;
      if (batchSummary.length() > SqlSummaryWriter.MAX_LENGTH) {
        batchSummary =
            batchSummary.substring(0, batchSummary.lastIndexOf(' ', SqlSummaryWriter.MAX_LENGTH));
      }
      made = new SqlQuery(sql, text, batchSummary, storedProcedure, parameterized, moves);
      batch = made;
    }
    return made;
  }

  /** This query against a database; the same object each time, unless there are too many. */
  DbOperation operation(DbInfo info) {
    DbOperation[] known = operations;
    for (DbOperation operation : known) {
      if (operation.info().equals(info)) {
        return operation;
      }
    }
    DbOperation made = new DbOperation(info, this);
    if (known.length < MAX_OPERATIONS) {
      DbOperation[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = made;
      operations = more;
    }
    return made;
  }

  /** The statement as the application wrote it. */
  String sql() {
    return sql;
  }

  /** What is done without a text, such as {@code COMMIT}; null if there is one. */
  @Nullable String operationName() {
    return operationName;
  }

  /** The text without literals; null for a mere call of a procedure. */
  @Nullable String text() {
    return text;
  }

  /** The text as it was written, cut if it is too long; null for a mere call of a procedure. */
  @Nullable String rawText() {
    if (text == null || sql.length() <= SqlText.MAX_LENGTH) {
      return text == null ? null : sql;
    }
    StringBuilder cut = new StringBuilder(SqlText.MAX_LENGTH + 1);
    cut.append(sql, 0, SqlText.MAX_LENGTH + 1);
    SqlText.truncate(cut);
    return cut.toString();
  }

  /** Operations and targets; empty if none was found. */
  String summary() {
    return summary;
  }

  /** The name of the procedure that is called, as written; null if none is. */
  @Nullable String storedProcedure() {
    return storedProcedure;
  }

  /** Whether the text has places for parameters. */
  boolean parameterized() {
    return parameterized;
  }

  /** Where the text leaves its connection; null if it leaves it where it was. */
  @Nullable DbNamespace moves() {
    return moves;
  }

  /** Whether the text is empty: what some drivers send to see whether the server answers. */
  boolean blank() {
    return summary.isEmpty() && sql.trim().isEmpty();
  }
}
