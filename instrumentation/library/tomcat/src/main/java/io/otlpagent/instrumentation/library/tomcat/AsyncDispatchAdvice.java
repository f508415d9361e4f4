package io.otlpagent.instrumentation.library.tomcat;

import net.bytebuddy.asm.Advice;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/** The container goes on with an asynchronous request. */
public final class AsyncDispatchAdvice {

  private AsyncDispatchAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Request request) {
    return TomcatRequests.resume(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Argument(0) Request request,
      @Advice.Argument(1) Response response,
      @Advice.Argument(2) @Nullable SocketEvent event,
      @Advice.Thrown @Nullable Throwable thrown) {
    TomcatRequests.leave(request, response, entered, event, thrown);
  }
}
