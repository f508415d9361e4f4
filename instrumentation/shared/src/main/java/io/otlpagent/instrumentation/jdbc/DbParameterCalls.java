package io.otlpagent.instrumentation.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The calls by which a thread sets parameters of prepared statements. They nest: an overload calls
 * another, a pool's statement calls the driver's. The outermost that is of a known statement
 * counts, because it has the value that the application gave. Woven only if parameters are wanted.
 */
public final class DbParameterCalls {

  private DbParameterCalls() {}

  /**
   * A parameter is about to be set by its index.
   *
   * @param index from 1
   * @return what {@link #end} takes; null if this is a part of another call, or nobody saw who
   *     prepared the statement
   */
  public static @Nullable DbStatement begin(Object statement, int index, @Nullable Object value) {
    DbStatement known = DbStatementCalls.beginSetting(statement);
    if (known != null) {
      known.setParameter(index - 1, value);
    }
    return known;
  }

  /** A parameter is about to be set by its name. */
  public static @Nullable DbStatement begin(
      Object statement, @Nullable String name, @Nullable Object value) {
    DbStatement known = name == null ? null : DbStatementCalls.beginSetting(statement);
    if (known != null && name != null) {
      known.setParameter(name, value);
    }
    return known;
  }

  /** The parameter is set, or was refused. */
  public static void end(@Nullable DbStatement statement, @Nullable Throwable thrown) {
    if (statement != null) {
      DbStatementCalls.endSetting(statement);
      if (thrown != null) {
        statement.undoParameter();
      }
    }
  }

  /** All parameters of a statement were cleared. */
  public static void cleared(Object statement) {
    DbStatement known = DbConnections.statementIfKnown(statement);
    if (known != null) {
      known.clearParameters();
    }
  }
}
