package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbBatch;
import io.otlpagent.instrumentation.semconv.db.DbBatchSpan;
import io.otlpagent.instrumentation.semconv.db.DbConnection;
import io.otlpagent.instrumentation.semconv.db.DbError;
import io.otlpagent.instrumentation.semconv.db.DbOperation;
import io.otlpagent.instrumentation.semconv.db.DbQuery;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one span and one measurement of each call of a database. A call inside another one, as of a
 * driver by a pool, has neither, but may tell the outer one what that does not know. Immutable;
 * called on the thread of the call.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/">Semantic conventions for
 *     databases</a>
 */
public final class DbClientInstrumenter {

  private final InstrumentationScope scope;

  public DbClientInstrumenter(InstrumentationScope scope) {
    this.scope = scope;
  }

  /**
   * A statement is about to execute a text.
   *
   * @return what {@link #end} takes; null if there is to be no span
   */
  public @Nullable DbSpan start(Object statement, @Nullable String sql) {
    if (sql == null || !enabled()) {
      return null;
    }
    DbSpan outer = outer();
    if (outer != null && !outer.asks(statement)) {
      return null;
    }
    DbStatement known = DbConnections.statement(statement);
    if (outer != null) {
      return tell(outer, known.connection());
    }
    DbOperation operation = known.operation(sql);
    return begin(
        new DbSpan(scope, known.connection(), known.isPrepared(), operation, DbSpan.NO_BATCH));
  }

  /**
   * A prepared statement is about to be executed. One that nobody was seen to prepare is a driver's
   * own, or wraps one that is known, or is older than the agent.
   */
  public @Nullable DbSpan start(Object statement) {
    if (!enabled()) {
      return null;
    }
    DbSpan outer = outer();
    if (outer != null && !outer.asks(statement)) {
      return null;
    }
    DbStatement known = DbConnections.statementIfKnown(statement);
    if (known == null || !known.isPrepared()) {
      return null;
    }
    if (outer != null) {
      return tell(outer, known.connection());
    }
    DbOperation operation = known.operation();
    return operation == null ? null : begin(known.span(scope, operation));
  }

  /** A statement is about to execute its batch. */
  public @Nullable DbSpan startBatch(Object statement) {
    DbStatement known = DbConnections.statementIfKnown(statement);
    if (known == null) {
      return null;
    }
    // Also while we are switched off: it is not that of the next call.
    DbBatch batch = known.takeBatch();
    if (!enabled()) {
      return null;
    }
    DbSpan outer = outer();
    if (outer != null) {
      return tell(outer, known.connection());
    }
    DbOperation operation = known.batchOperation(batch);
    int size = batch == null ? 0 : batch.size();
    DbConnection connection = known.connection();
    boolean prepared = known.isPrepared();
    return begin(
        size == 1
            ? new DbSpan(scope, connection, prepared, operation, DbSpan.NO_BATCH)
            : new DbBatchSpan(scope, connection, prepared, operation, batch, size));
  }

  /** A connection is about to commit. */
  public @Nullable DbSpan startCommit(Object connection) {
    return startTransactionEnd(connection, DbQuery.COMMIT);
  }

  /** A connection is about to roll back. */
  public @Nullable DbSpan startRollback(Object connection) {
    return startTransactionEnd(connection, DbQuery.ROLLBACK);
  }

  private @Nullable DbSpan startTransactionEnd(Object connection, DbQuery query) {
    if (!enabled()) {
      return null;
    }
    DbSpan outer = outer();
    if (outer != null && !outer.lacks()) {
      return null;
    }
    DbConnection known = DbConnections.connection(connection);
    if (outer != null) {
      return tell(outer, known);
    }
    DbOperation operation = query.operation(known.info());
    return begin(new DbSpan(scope, known, false, operation, DbSpan.NO_BATCH));
  }

  /** Whether there are spans at all; while there are none nothing is to cost anything. */
  public boolean enabled() {
    return Tracer.installed() != null && scope.enabled();
  }

  /** Tells the outer call what this one knows; it is no call of its own. */
  private static @Nullable DbSpan tell(DbSpan outer, DbConnection known) {
    if (outer.lacks()) {
      outer.complete(known.info());
    }
    return null;
  }

  private static @Nullable DbSpan begin(DbSpan span) {
    Tracer tracer = Tracer.installed();
    if (tracer == null || span.operation().query().blank()) {
      return null;
    }
    tracer.start(span);
    DbStatementCalls.executing(span);
    Context.enter(span);
    return span;
  }

  /** The call of which this one is a part; null if there is none. */
  private static @Nullable DbSpan outer() {
    Span current = Context.current();
    if (current instanceof DbSpan && !current.ended()) {
      DbSpan outer = (DbSpan) current;
      if (DbStatementCalls.isPartOf(outer)) {
        return outer;
      }
      giveUp(outer);
    }
    DbStatementCalls.executing();
    return null;
  }

  /** Ends the span of a call that is over, and whose end nobody saw: the stack overflowed there. */
  private static void giveUp(DbSpan span) {
    Context.exit(span);
    span.release();
    span.fail("_OTHER", null);
    Tracer tracer = Tracer.ending();
    if (tracer != null) {
      tracer.end(span);
    }
  }

  /**
   * The call has returned: its span is current no longer. Comes before all else, since the objects
   * of a driver may throw.
   *
   * @return when that was, for {@link #end}: to write an error down takes longer than many a call
   */
  public long leave(DbSpan span) {
    Context.exit(span);
    DbStatementCalls.executing(null);
    return System.nanoTime();
  }

  /**
   * The call ends.
   *
   * @param span what the call was started with
   * @param endNanoTime what {@link #leave} returned
   * @param error null if it succeeded
   */
  public void end(DbSpan span, long endNanoTime, @Nullable DbError error) {
    try {
      if (error != null) {
        error.recordIn(span);
      }
    } finally {
      span.release();
      Tracer tracer = Tracer.ending();
      if (tracer != null && tracer.endAt(span, endNanoTime)) {
        span.operation().series(span.statusCode(), span.errorType()).record(span);
      }
    }
  }
}
