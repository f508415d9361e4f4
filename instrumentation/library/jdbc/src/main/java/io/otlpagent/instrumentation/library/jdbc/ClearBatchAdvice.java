package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnections;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;

/** The batch of a statement is emptied. */
public final class ClearBatchAdvice {

  private ClearBatchAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(@Advice.This Statement statement) {
    DbConnections.cleared(statement);
  }
}
