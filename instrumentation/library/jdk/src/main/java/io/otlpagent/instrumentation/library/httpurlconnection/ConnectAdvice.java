package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.http.ClientCall;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code connect()}, which the application calls, and the JDK before each new socket. */
public final class ConnectAdvice {

  private ConnectAdvice() {}

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
    WireCalls.exitConnect(call, connection, thrown);
  }
}
