package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbStatementCalls;
import java.sql.Connection;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A connection makes a statement without a text. */
public final class CreateStatementAdvice {

  private CreateStatementAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.This Connection connection) {
    DbStatementCalls.begin(connection);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.This Connection connection, @Advice.Return @Nullable Statement statement) {
    DbStatementCalls.end(connection, statement, null);
  }
}
