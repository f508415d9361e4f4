package io.otlpagent.instrumentation.library.javahttpclient;

import net.bytebuddy.asm.Advice;

/** When the application sends a request, on its thread. */
public final class SendAdvice {

  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object multiExchange) {
    Attempts.send(multiExchange);
  }
}
