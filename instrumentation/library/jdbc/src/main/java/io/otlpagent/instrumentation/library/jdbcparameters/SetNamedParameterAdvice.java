package io.otlpagent.instrumentation.library.jdbcparameters;

import io.otlpagent.instrumentation.jdbc.DbParameterCalls;
import io.otlpagent.instrumentation.jdbc.DbStatement;
import java.sql.CallableStatement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A parameter of a call is set by its name; of whatever type it is. */
public final class SetNamedParameterAdvice {

  private SetNamedParameterAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbStatement start(
      @Advice.This CallableStatement statement,
      @Advice.Argument(0) @Nullable String name,
      @Advice.Argument(1) @Nullable Object value) {
    return DbParameterCalls.begin(statement, name, value);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbStatement statement, @Advice.Thrown @Nullable Throwable thrown) {
    DbParameterCalls.end(statement, thrown);
  }
}
