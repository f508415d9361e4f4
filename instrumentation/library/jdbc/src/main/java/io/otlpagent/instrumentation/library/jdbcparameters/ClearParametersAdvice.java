package io.otlpagent.instrumentation.library.jdbcparameters;

import io.otlpagent.instrumentation.jdbc.DbParameterCalls;
import java.sql.PreparedStatement;
import net.bytebuddy.asm.Advice;

/** The parameters of a prepared statement are cleared. */
public final class ClearParametersAdvice {

  private ClearParametersAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(@Advice.This PreparedStatement statement) {
    DbParameterCalls.cleared(statement);
  }
}
