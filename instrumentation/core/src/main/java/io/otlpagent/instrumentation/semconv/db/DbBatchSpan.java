package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import org.jspecify.annotations.Nullable;

/** One execution of a batch, whose texts are read again once the dialect is known. */
public final class DbBatchSpan extends DbSpan {

  private @Nullable DbBatch batch;

  /**
   * @param batch null if nothing was added
   */
  public DbBatchSpan(
      InstrumentationScope scope,
      DbConnection connection,
      boolean prepared,
      DbOperation operation,
      @Nullable DbBatch batch,
      int size) {
    super(scope, connection, prepared, operation, size);
    this.batch = batch;
  }

  @Override
  DbQuery read(DbQuery query, SqlDialect dialect) {
    DbBatch known = batch;
    if (known != null) {
      return known.query(dialect);
    }
    String sql = query.query().sql();
    return sql.isEmpty() ? query : DbQueries.of(sql, dialect).batch();
  }

  @Override
  public void release() {
    super.release();
    batch = null;
  }
}
