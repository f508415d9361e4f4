package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.DbConnections;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;

/**
 * A statement is closed, which is noticed before: a pool may lend the same object again before
 * close returns.
 */
public final class CloseStatementAdvice {

  private CloseStatementAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.This Statement statement) {
    DbConnections.statementClosed(statement);
  }
}
