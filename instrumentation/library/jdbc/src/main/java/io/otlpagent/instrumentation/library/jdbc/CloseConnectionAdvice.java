package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnections;
import java.sql.Connection;
import net.bytebuddy.asm.Advice;

/**
 * A connection is closed, or goes back to its pool, which is noticed before: a pool may lend the
 * same object again before close returns.
 */
public final class CloseConnectionAdvice {

  private CloseConnectionAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.This Connection connection) {
    DbConnections.connectionClosed(connection);
  }
}
