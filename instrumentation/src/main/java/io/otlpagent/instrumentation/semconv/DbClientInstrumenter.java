package io.otlpagent.instrumentation.semconv;

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
    DbSpan outer = outer();
    if (outer != null && !outer.lacks()) {
      return null;
    }
    DbStatement known = DbConnections.statement(statement);
    DbOperation operation = sql == null ? known.operation() : known.operation(sql);
    return start(outer, known, operation, DbSpan.NO_BATCH);
  }

  /** A prepared statement is about to be executed. */
  public @Nullable DbSpan start(Object statement) {
    return start(statement, null);
  }

  /** A statement is about to execute its batch. */
  public @Nullable DbSpan startBatch(Object statement) {
    DbStatement known = DbConnections.statement(statement);
    DbBatch batch = known.takeBatch();
    DbInfo info = known.connection().info();
    if (batch == null) {
      // Empty, or filled before it was seen: the text of a prepared statement is all there is.
      return start(outer(), known, known.operation(), known.isPrepared() ? DbSpan.NO_BATCH : 0);
    }
    int size = batch.size() == 1 ? DbSpan.NO_BATCH : batch.size();
    return start(outer(), known, batch.query().operation(info), size);
  }

  private @Nullable DbSpan start(
      @Nullable DbSpan outer, DbStatement statement, DbOperation operation, int batchSize) {
    if (outer != null) {
      if (outer.lacks()) {
        outer.complete(operation, batchSize);
      }
      return null;
    }
    Tracer tracer = Tracer.installed();
    if (tracer == null || operation.query().blank()) {
      return null;
    }
    DbSpan span = new DbSpan(scope, statement, operation, batchSize);
    tracer.start(span);
    Context.enter(span);
    return span;
  }

  /** The call of which this one is a part; null if there is none. */
  private static @Nullable DbSpan outer() {
    Span current = Context.current();
    return current instanceof DbSpan && !current.ended() ? (DbSpan) current : null;
  }

  /**
   * The call ends.
   *
   * @param span what the call was started with
   * @param error null if it succeeded
   */
  public void end(@Nullable DbSpan span, @Nullable DbError error) {
    if (span == null) {
      return;
    }
    Context.exit(span);
    if (error != null) {
      error.recordIn(span);
    }
    span.release();
    Tracer tracer = Tracer.installed();
    if (tracer != null && tracer.end(span)) {
      span.operation().series(span.statusCode(), span.errorType()).record(span.durationNanos());
    }
  }
}
