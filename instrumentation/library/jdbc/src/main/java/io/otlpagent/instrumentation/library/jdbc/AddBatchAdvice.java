package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnections;
import io.otlpagent.instrumentation.jdbc.DbStatement;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A text is added to the batch of a statement. */
public final class AddBatchAdvice {

  private AddBatchAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbStatement start(
      @Advice.This Statement statement, @Advice.Argument(0) @Nullable String sql) {
    return Jdbc.INSTRUMENTER.enabled() ? DbConnections.adding(statement, sql) : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbStatement statement, @Advice.Thrown @Nullable Throwable thrown) {
    DbConnections.added(statement, thrown);
  }
}
