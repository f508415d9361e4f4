package io.otlpagent.instrumentation.library.javahttpclient;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** When the client takes the application's headers of a request in order to send them. */
public final class UserHeadersAdvice {

  private UserHeadersAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Object exit(
      @Advice.This Object request, @Advice.Return @Nullable Object headers) {
    return UserHeaders.sent(request, headers);
  }
}
