package io.otlpagent.instrumentation.library.httpurlconnection;

import net.bytebuddy.asm.Advice;

/**
 * Around the method that every response is read by; on normal return, as it catches what it throws
 * and may send again. A failure shows where the application gets it.
 */
public final class ReadResponseAdvice {

  private ReadResponseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter(@Advice.Argument(0) Object headers) {
    return headers;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Enter Object headers) {
    WireCalls.afterRead(headers);
  }
}
