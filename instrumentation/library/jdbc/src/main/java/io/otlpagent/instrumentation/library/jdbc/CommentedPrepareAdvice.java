package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbStatementCalls;
import io.otlpagent.instrumentation.jdbc.SqlCommenter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A connection prepares a text, which is to carry the trace. */
public final class CommentedPrepareAdvice {

  private CommentedPrepareAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable String start(
      @Advice.This Connection connection, @Advice.Argument(0) @Nullable String sql) {
    DbStatementCalls.begin(connection);
    return SqlCommenter.original(sql);
  }

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable String comment(
      @Advice.This Connection connection, @Advice.Argument(0) @Nullable String sql) {
    return Jdbc.INSTRUMENTER.enabled() ? SqlCommenter.prepared(connection, sql) : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable String sql,
      @Advice.This Connection connection,
      @Advice.Return @Nullable PreparedStatement statement) {
    boolean outermost = DbStatementCalls.outermost();
    if (outermost) {
      SqlCommenter.forget();
    }
    DbStatementCalls.end(connection, statement, sql);
  }
}
