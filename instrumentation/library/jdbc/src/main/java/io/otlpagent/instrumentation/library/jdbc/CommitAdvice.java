package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbSpan;
import java.sql.Connection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A connection commits a transaction. */
public final class CommitAdvice {

  private CommitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbSpan start(@Advice.This Connection connection) {
    return Jdbc.INSTRUMENTER.startCommit(connection);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbSpan span, @Advice.Thrown @Nullable Throwable thrown) {
    Jdbc.end(span, thrown);
  }
}
