package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.http.ClientCall;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the methods of the application's connection in which requests go over the wire. */
public final class CallAdvice {

  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable ClientCall<WireRequest, Object> enter(
      @Advice.This HttpURLConnection connection) {
    return WireCalls.enter(connection);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable ClientCall<WireRequest, Object> call,
      @Advice.This HttpURLConnection connection,
      @Advice.Thrown @Nullable Throwable thrown) {
    WireCalls.exit(call, connection, thrown);
  }
}
