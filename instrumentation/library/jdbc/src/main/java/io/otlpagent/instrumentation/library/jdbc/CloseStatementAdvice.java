package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbStatementCalls;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;

/** A statement is closed. */
public final class CloseStatementAdvice {

  private CloseStatementAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.This Statement statement) {
    DbStatementCalls.beginClose(statement);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end() {
    DbStatementCalls.endClose();
  }
}
