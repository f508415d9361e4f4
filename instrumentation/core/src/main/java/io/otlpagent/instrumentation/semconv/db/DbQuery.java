package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.semconv.sql.SqlQuery;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One SQL text as it is executed against databases: what is told of it, where it leaves its
 * connection, and its operation on each database. Immutable but for what it remembers; any thread.
 */
public final class DbQuery {

  /** The most databases for which one query remembers its operation. */
  private static final int MAX_OPERATIONS = 16;

  private static final DbOperation[] NO_OPERATIONS = {};

  /** A batch without statements. */
  public static final DbQuery EMPTY_BATCH = new DbQuery(SqlQuery.EMPTY_BATCH, null);

  /** The ends of a transaction by a method of the driver. */
  public static final DbQuery COMMIT = new DbQuery(SqlQuery.operation("COMMIT"), null);

  public static final DbQuery ROLLBACK = new DbQuery(SqlQuery.operation("ROLLBACK"), null);

  private final SqlQuery query;
  private final @Nullable DbNamespace moves;

  // Written by whoever comes first; a lost update costs making the same again.
  private volatile DbOperation[] operations = NO_OPERATIONS;
  private volatile @Nullable DbQuery batch;

  private DbQuery(SqlQuery query, @Nullable DbNamespace moves) {
    this.query = query;
    this.moves = moves;
  }

  /** Reads a text; any text will do. */
  static DbQuery of(String sql, SqlDialect dialect) {
    return new DbQuery(SqlQuery.of(sql, dialect), SqlMoves.of(sql, dialect));
  }

  /** A batch of different statements. */
  static DbQuery batch(String text, String summary) {
    return new DbQuery(SqlQuery.batch(text, summary), null);
  }

  /** A batch of this statement; the same object each time. */
  public DbQuery batch() {
    DbQuery made = batch;
    if (made == null) {
      made = new DbQuery(query.batch(), moves);
      batch = made;
    }
    return made;
  }

  /** This query against a database; the same object each time, unless there are too many. */
  public DbOperation operation(DbInfo info) {
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

  /** What is told of the text. */
  SqlQuery query() {
    return query;
  }

  /** Where the text leaves its connection; null if it leaves it where it was. */
  @Nullable DbNamespace moves() {
    return moves;
  }
}
