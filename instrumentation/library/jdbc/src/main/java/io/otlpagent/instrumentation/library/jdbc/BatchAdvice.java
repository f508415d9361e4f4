package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbSpan;
import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A statement executes its batch. */
public final class BatchAdvice {

  private BatchAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbSpan start(@Advice.This Statement statement) {
    return Jdbc.INSTRUMENTER.startBatch(statement);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbSpan span, @Advice.Thrown @Nullable Throwable thrown) {
    Jdbc.end(span, thrown);
  }
}
