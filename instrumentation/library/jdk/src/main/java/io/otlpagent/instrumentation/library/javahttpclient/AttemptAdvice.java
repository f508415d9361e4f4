package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.semconv.http.ClientCall;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the start of an attempt, which ends when the future does that it returns. */
public final class AttemptAdvice {

  private AttemptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable ClientCall<Object, Object> enter(@Advice.This Object exchange) {
    return Attempts.start(exchange);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable CompletableFuture<?> exit(
      @Advice.Enter @Nullable ClientCall<Object, Object> call,
      @Advice.Return @Nullable CompletableFuture<?> response) {
    return Attempts.endWith(call, response);
  }
}
