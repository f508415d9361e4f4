package io.otlpagent.instrumentation.library.httpurlconnection;

import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the methods of the application's connection in which requests go over the wire. */
public final class CallAdvice {

  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This HttpURLConnection connection) {
    return WireCall.enter(connection);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable thrown) {
    WireCall.exit(call, thrown);
  }
}
