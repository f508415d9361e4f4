package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbStatementCalls;
import java.sql.Connection;
import java.sql.PreparedStatement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A connection prepares a text. */
public final class PrepareAdvice {

  private PrepareAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable String start(
      @Advice.This Connection connection, @Advice.Argument(0) @Nullable String sql) {
    DbStatementCalls.begin(connection);
    return sql;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable String sql,
      @Advice.This Connection connection,
      @Advice.Return @Nullable PreparedStatement statement) {
    DbStatementCalls.end(connection, statement, sql);
  }
}
