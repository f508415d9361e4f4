package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnections;
import io.otlpagent.instrumentation.jdbc.DbStatement;
import java.sql.PreparedStatement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A set of parameters is added to the batch of a prepared statement. */
public final class AddParametersAdvice {

  private AddParametersAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbStatement start(@Advice.This PreparedStatement statement) {
    return Jdbc.INSTRUMENTER.enabled() ? DbConnections.adding(statement, null) : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbStatement statement, @Advice.Thrown @Nullable Throwable thrown) {
    DbConnections.added(statement, thrown);
  }
}
