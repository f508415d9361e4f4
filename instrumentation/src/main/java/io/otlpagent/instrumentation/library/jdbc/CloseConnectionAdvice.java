package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.DbConnections;
import java.sql.Connection;
import net.bytebuddy.asm.Advice;

/** A connection is closed, or goes back to its pool. */
public final class CloseConnectionAdvice {

  private CloseConnectionAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(@Advice.This Connection connection) {
    DbConnections.connectionClosed(connection);
  }
}
