package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DataSources;
import io.otlpagent.instrumentation.jdbc.DbClientInstrumenter;
import io.otlpagent.instrumentation.jdbc.DbConnectCall;
import io.otlpagent.instrumentation.jdbc.DbConnections;
import io.otlpagent.instrumentation.semconv.db.DbError;
import io.otlpagent.instrumentation.semconv.db.DbNamespace;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.util.Causes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Where the advice of this package takes from {@code java.sql} what the conventions need. */
final class Jdbc {

  static final DbClientInstrumenter INSTRUMENTER =
      new DbClientInstrumenter(InstrumentationScope.of("jdbc"));

  private Jdbc() {}

  /** A driver opened a connection, or did not. */
  static void connected(
      @Nullable DbConnectCall call, @Nullable Object connection, @Nullable Throwable thrown) {
    if (call != null) {
      call.end(connection, thrown);
    }
  }

  /** A data source opened a connection, or did not. */
  static void connected(
      @Nullable DbConnectCall call,
      Object dataSource,
      @Nullable Object connection,
      @Nullable Throwable thrown) {
    if (call == null) {
      return;
    }
    try {
      if (connection != null && call.lacks(connection)) {
        call.complete(DataSources.info(dataSource, connection));
      }
    } finally {
      call.end(connection, thrown);
    }
  }

  /**
   * A call ends.
   *
   * @param span null if it has none
   * @param thrown null if it succeeded
   */
  static void end(@Nullable DbSpan span, @Nullable Throwable thrown) {
    if (span == null) {
      return;
    }
    // First of all, since what follows calls the driver's objects.
    long endNanoTime = INSTRUMENTER.leave(span);
    DbNamespace to = thrown == null ? span.moves() : null;
    Object inner = to == null ? null : span.movedInside();
    DbError error = null;
    try {
      error = thrown == null ? null : error(thrown);
    } finally {
      INSTRUMENTER.end(span, endNanoTime, error);
    }
    if (to != null && inner instanceof Statement) {
      movedInside((Statement) inner, to);
    }
  }

  /** The driver's connection, which a pool lends again, was moved with that of the pool. */
  private static void movedInside(Statement statement, DbNamespace to) {
    try {
      Connection connection = statement.getConnection();
      if (connection != null) {
        DbConnections.moved(connection, to);
      }
    } catch (SQLException e) {
      // It is closed: nobody will get it again.
    }
  }

  private static DbError error(Throwable thrown) {
    Throwable cause = Causes.unwrap(thrown, Jdbc::isWrapper);
    String sqlState = null;
    int vendorCode = 0;
    if (cause instanceof SQLException) {
      try {
        sqlState = ((SQLException) cause).getSQLState();
        vendorCode = ((SQLException) cause).getErrorCode();
      } catch (Throwable e) {
        // The driver's own getters failed, with whatever they like; the class says what happened.
      }
    }
    return new DbError(thrown, cause, sqlState, vendorCode);
  }

  /** Whether it is what reflection and executors put around what happened. */
  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof UndeclaredThrowableException
        || thrown instanceof InvocationTargetException
        || thrown instanceof ExecutionException
        || thrown instanceof CompletionException
        || (thrown instanceof SQLException && saysNothing((SQLException) thrown));
  }

  private static boolean saysNothing(SQLException error) {
    return error.getSQLState() == null
        && error.getErrorCode() == 0
        && error.getCause() instanceof SQLException;
  }
}
