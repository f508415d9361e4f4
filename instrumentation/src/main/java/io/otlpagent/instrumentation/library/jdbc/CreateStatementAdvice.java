package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.DbConnections;
import java.sql.Connection;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A connection makes a statement without a text. */
public final class CreateStatementAdvice {

  private CreateStatementAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(
      @Advice.This Connection connection, @Advice.Return @Nullable Statement statement) {
    DbConnections.created(connection, statement, null);
  }
}
