package io.otlpagent.instrumentation.semconv;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one statement: its connection, its text if it is prepared, its batch. Used, like
 * the statement itself, by one thread at a time.
 */
public final class DbStatement {

  private final DbConnection connection;
  private final @Nullable String preparedSql;
  private @Nullable DbOperation prepared;
  private @Nullable DbBatch batch;

  /** Whether an element is being added; a class may call its superclass for that. */
  private boolean adding;

  private @Nullable String added;

  // The statement itself while a thread keeps this as its last one; then only a table knows it.
  private volatile @Nullable Object owner;

  /**
   * @param sql the text of a prepared statement; null if the statement is not prepared
   */
  DbStatement(DbConnection connection, @Nullable String sql) {
    this.connection = connection;
    this.preparedSql = sql;
  }

  @Nullable Object owner() {
    return owner;
  }

  void own(@Nullable Object statement) {
    owner = statement;
  }

  DbConnection connection() {
    return connection;
  }

  /** What the statement does with that text. */
  DbOperation operation(String sql) {
    DbInfo info = connection.info();
    return SqlQueries.of(sql, info.system().dialect()).operation(info);
  }

  /** What the prepared statement does; null if it is not prepared. */
  @Nullable DbOperation operation() {
    String sql = preparedSql;
    if (sql == null) {
      return null;
    }
    DbOperation operation = prepared;
    // Read by the first execution, not before: there may be none, or we may be switched off.
    if (operation == null || (!operation.info().known() && connection.info().known())) {
      operation = operation(sql);
      prepared = operation;
    }
    return operation;
  }

  /** Whether the text was given when the statement was made. */
  boolean isPrepared() {
    return preparedSql != null;
  }

  /**
   * Begins to add an element to the batch; false if that has begun already.
   *
   * @param sql null for another set of parameters of the prepared statement
   */
  boolean beginAdding(@Nullable String sql) {
    if (adding) {
      return false;
    }
    adding = true;
    added = sql;
    return true;
  }

  /** Adds the element, or does not. */
  void endAdding(boolean success) {
    adding = false;
    String sql = added;
    added = null;
    if (success) {
      DbBatch growing = batch;
      if (growing == null) {
        growing = new DbBatch();
        batch = growing;
      }
      DbOperation element = sql == null ? operation() : operation(sql);
      growing.add(element == null ? SqlQuery.EMPTY_BATCH : element.query());
    }
  }

  /** The batch as far as it is known, which is empty from then on. */
  @Nullable DbBatch takeBatch() {
    DbBatch taken = batch;
    batch = null;
    return taken;
  }
}
