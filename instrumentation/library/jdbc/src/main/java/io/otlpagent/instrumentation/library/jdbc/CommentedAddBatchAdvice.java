package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnections;
import io.otlpagent.instrumentation.jdbc.DbStatement;
import io.otlpagent.instrumentation.jdbc.SqlCommenter;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A text, which is to carry the trace, is added to the batch of a statement. */
public final class CommentedAddBatchAdvice {

  private CommentedAddBatchAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbStatement start(
      @Advice.This Statement statement, @Advice.Argument(0) @Nullable String sql) {
    return Jdbc.INSTRUMENTER.enabled()
        ? DbConnections.adding(statement, SqlCommenter.original(sql))
        : null;
  }

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable String comment(
      @Advice.Enter @Nullable DbStatement statement, @Advice.Argument(0) @Nullable String sql) {
    return SqlCommenter.added(statement, sql);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbStatement statement, @Advice.Thrown @Nullable Throwable thrown) {
    if (statement != null) {
      SqlCommenter.forget();
    }
    DbConnections.added(statement, thrown);
  }
}
