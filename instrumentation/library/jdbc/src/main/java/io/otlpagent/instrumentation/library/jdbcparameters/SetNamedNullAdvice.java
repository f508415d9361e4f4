package io.otlpagent.instrumentation.library.jdbcparameters;

import io.otlpagent.instrumentation.jdbc.DbParameterCalls;
import io.otlpagent.instrumentation.jdbc.DbStatement;
import java.sql.CallableStatement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A parameter of a call that has a name is set to null. */
public final class SetNamedNullAdvice {

  private SetNamedNullAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbStatement start(
      @Advice.This CallableStatement statement, @Advice.Argument(0) @Nullable String name) {
    return DbParameterCalls.begin(statement, name, null);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbStatement statement, @Advice.Thrown @Nullable Throwable thrown) {
    DbParameterCalls.end(statement, thrown);
  }
}
