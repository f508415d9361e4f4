package io.otlpagent.instrumentation.semconv.db;

import org.jspecify.annotations.Nullable;

/** Why a call of a database failed. Immutable. */
public final class DbError {

  private final Throwable thrown;
  private final Throwable cause;
  private final @Nullable String sqlState;
  private final int vendorCode;

  /**
   * @param thrown what the application gets
   * @param cause what that wraps, or the same
   * @param vendorCode 0 if there is none
   */
  public DbError(Throwable thrown, Throwable cause, @Nullable String sqlState, int vendorCode) {
    this.thrown = thrown;
    this.cause = cause;
    this.sqlState = sqlState;
    this.vendorCode = vendorCode;
  }

  public void recordIn(DbSpan span) {
    String code = span.operation().info().system().errors().code(sqlState, vendorCode);
    span.failBy(code, code == null ? cause.getClass().getName() : code, thrown);
  }
}
