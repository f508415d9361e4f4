package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbBatch;
import io.otlpagent.instrumentation.semconv.db.DbConnection;
import io.otlpagent.instrumentation.semconv.db.DbInfo;
import io.otlpagent.instrumentation.semconv.db.DbOperation;
import io.otlpagent.instrumentation.semconv.db.DbParameters;
import io.otlpagent.instrumentation.semconv.db.DbQueries;
import io.otlpagent.instrumentation.semconv.db.DbQuery;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.semconv.db.ParameterizedDbSpan;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one statement: its connection, its text if it is prepared, its parameters if
 * they are wanted, its batch. Used, like the statement itself, by one thread at a time.
 */
public final class DbStatement {

  /** Another set of parameters is being added. */
  private static final Object PARAMETERS = new Object();

  private final DbConnection connection;
  private final @Nullable String preparedSql;
  private @Nullable DbOperation prepared;
  private @Nullable DbBatch batch;

  // Null unless somebody wants them.
  private @Nullable DbParameters parameters;

  // What is being added: a text or PARAMETERS. A class may call its superclass for that.
  private @Nullable Object adding;

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
    return DbQueries.of(sql, info.system().dialect()).operation(info);
  }

  /** What the prepared statement does; null if it is not prepared. */
  @Nullable DbOperation operation() {
    String sql = preparedSql;
    if (sql == null) {
      return null;
    }
    DbOperation operation = prepared;
    // Read by the first execution, not before: there may be none, or we may be switched off.
    if (operation == null || !operation.info().equals(connection.info())) {
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
    if (adding != null) {
      return false;
    }
    adding = sql == null ? PARAMETERS : sql;
    return true;
  }

  /** Adds the element, or does not. */
  void endAdding(boolean success) {
    Object added = adding;
    adding = null;
    if (success) {
      DbBatch growing = batch;
      if (growing == null) {
        growing = new DbBatch();
        batch = growing;
      }
      DbOperation element = added instanceof String ? operation((String) added) : operation();
      growing.add(element == null ? DbQuery.EMPTY_BATCH : element.executed());
    }
  }

  /**
   * Remembers a parameter.
   *
   * @param index from 0
   */
  void setParameter(int index, @Nullable Object value) {
    DbParameters before = parameters;
    parameters = (before == null ? new DbParameters() : before).with(index, value);
  }

  /** Remembers a parameter that has a name. */
  void setParameter(String name, @Nullable Object value) {
    DbParameters before = parameters;
    parameters = (before == null ? new DbParameters() : before).with(name, value);
  }

  /** The last parameter was refused. */
  void undoParameter() {
    DbParameters known = parameters;
    if (known != null) {
      known.undo();
    }
  }

  void clearParameters() {
    parameters = null;
  }

  /** The span of an execution of the prepared statement. */
  DbSpan span(InstrumentationScope scope, DbOperation operation) {
    DbParameters known = parameters;
    if (known == null) {
      return new DbSpan(scope, connection, isPrepared(), operation, DbSpan.NO_BATCH);
    }
    DbStatementCalls.endSetting(this);
    if (!connection.info().system().standardSetters()) {
      // What a method of the driver's own sets from now on nobody sees, so these may be old.
      parameters = null;
    }
    return ParameterizedDbSpan.of(scope, connection, operation, known.share());
  }

  /**
   * What a batch of the statement does.
   *
   * @param batch null if nothing was added
   */
  DbOperation batchOperation(@Nullable DbBatch batch) {
    DbOperation empty = batch == null ? operation() : null;
    DbQuery query = batch == null ? DbQuery.EMPTY_BATCH : batch.query();
    return (empty == null ? query : empty.executed().batch()).operation(connection.info());
  }

  /** The batch as far as it is known, which is empty from then on. */
  @Nullable DbBatch takeBatch() {
    DbBatch taken = batch;
    batch = null;
    return taken;
  }
}
