package io.otlpagent.instrumentation.library.httpurlconnection;

import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;

/** The application gives a connection up. */
public final class DisconnectAdvice {

  private DisconnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This HttpURLConnection connection) {
    WireCalls.abandon(connection);
  }
}
