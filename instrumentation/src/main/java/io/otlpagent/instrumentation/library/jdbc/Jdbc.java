package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.DbClientInstrumenter;
import io.otlpagent.instrumentation.semconv.DbConnectCall;
import io.otlpagent.instrumentation.semconv.DbError;
import io.otlpagent.instrumentation.semconv.DbSpan;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where the advice of this package takes from {@code java.sql} what the conventions need. */
final class Jdbc {

  static final DbClientInstrumenter INSTRUMENTER =
      new DbClientInstrumenter(InstrumentationScope.of("jdbc"));

  private static final int MAX_CAUSES = 8;

  private Jdbc() {}

  /** A driver opened a connection, or did not. */
  static void connected(
      @Nullable DbConnectCall call, @Nullable Connection connection, @Nullable Throwable thrown) {
    if (call != null) {
      call.end(connection, thrown);
    }
  }

  /** A data source opened a connection, or did not. */
  static void connected(
      @Nullable DbConnectCall call,
      DataSource dataSource,
      @Nullable Connection connection,
      @Nullable Throwable thrown) {
    if (call == null) {
      return;
    }
    if (connection != null && call.lacks(connection)) {
      call.complete(DataSources.info(dataSource));
    }
    call.end(connection, thrown);
  }

  /**
   * A call ends.
   *
   * @param span null if it has none
   * @param thrown null if it succeeded
   */
  static void end(@Nullable DbSpan span, @Nullable Throwable thrown) {
    if (span != null) {
      INSTRUMENTER.end(span, thrown == null ? null : error(thrown));
    }
  }

  private static DbError error(Throwable thrown) {
    Throwable cause = cause(thrown);
    if (cause instanceof SQLException) {
      SQLException error = (SQLException) cause;
      return new DbError(thrown, cause, error.getSQLState(), error.getErrorCode());
    }
    return new DbError(thrown, cause, null, 0);
  }

  /** What is inside the wrappers of reflection and of executors. */
  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MAX_CAUSES && isWrapper(cause); i++) {
      Throwable inner = cause.getCause();
      if (inner == null) {
        break;
      }
      cause = inner;
    }
    return cause;
  }

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
