package io.otlpagent.instrumentation.library.httpurlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the method that every request is written by. */
public final class WriteRequestAdvice {

  private WriteRequestAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object client, @Advice.Argument(0) Object headers) {
    return WireCall.beforeWrite(client, headers);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object injected) {
    InjectedHeaders.remove(injected);
  }
}
