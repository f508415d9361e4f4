package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.SqlCommenter;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A statement executes a text, which is to carry the trace. */
public final class CommentedStatementAdvice {

  private CommentedStatementAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbSpan start(
      @Advice.This Statement statement, @Advice.Argument(0) @Nullable String sql) {
    return Jdbc.INSTRUMENTER.start(statement, sql);
  }

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable String comment(
      @Advice.Enter @Nullable DbSpan span, @Advice.Argument(0) @Nullable String sql) {
    return SqlCommenter.executed(span, sql);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbSpan span, @Advice.Thrown @Nullable Throwable thrown) {
    Jdbc.end(span, thrown);
  }
}
