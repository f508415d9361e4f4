package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.DbConnections;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;

/** A statement is closed. */
public final class CloseStatementAdvice {

  private CloseStatementAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(@Advice.This Statement statement) {
    DbConnections.statementClosed(statement);
  }
}
