package io.otlpagent.instrumentation.library.jdbcparameters;

import io.otlpagent.instrumentation.jdbc.DbParameterCalls;
import io.otlpagent.instrumentation.jdbc.DbStatement;
import java.sql.PreparedStatement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A parameter of a prepared statement is set to null; what follows the index is a type. */
public final class SetNullAdvice {

  private SetNullAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbStatement start(
      @Advice.This PreparedStatement statement, @Advice.Argument(0) int index) {
    return DbParameterCalls.begin(statement, index, null);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbStatement statement, @Advice.Thrown @Nullable Throwable thrown) {
    DbParameterCalls.end(statement, thrown);
  }
}
