package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.http.ClientCall;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the method that every request is written by. */
public final class WriteRequestAdvice {

  private WriteRequestAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable ClientCall<WireRequest, Object> enter(
      @Advice.This Object client, @Advice.Argument(0) Object headers) {
    return WireCalls.beforeWrite(client, headers);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable ClientCall<WireRequest, Object> call) {
    if (call != null) {
      call.restore();
    }
  }
}
