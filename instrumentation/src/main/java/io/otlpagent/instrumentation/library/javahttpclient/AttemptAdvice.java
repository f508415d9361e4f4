package io.otlpagent.instrumentation.library.javahttpclient;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the start of an attempt, which ends when the future does that it returns. */
public final class AttemptAdvice {

  private AttemptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object exchange) {
    return Attempt.start(exchange);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable CompletableFuture<?> exit(
      @Advice.Enter @Nullable Object attempt,
      @Advice.Return @Nullable CompletableFuture<?> response) {
    return Attempt.endWith(attempt, response);
  }
}
