package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbSpan;
import java.sql.PreparedStatement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A prepared statement is executed. */
public final class PreparedAdvice {

  private PreparedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable DbSpan start(@Advice.This PreparedStatement statement) {
    return Jdbc.INSTRUMENTER.start(statement);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbSpan span, @Advice.Thrown @Nullable Throwable thrown) {
    Jdbc.end(span, thrown);
  }
}
