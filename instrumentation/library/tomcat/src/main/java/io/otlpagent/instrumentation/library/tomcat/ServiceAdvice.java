package io.otlpagent.instrumentation.library.tomcat;

import net.bytebuddy.asm.Advice;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/** The connector hands a request to the container. */
public final class ServiceAdvice {

  private ServiceAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Request request) {
    return TomcatRequests.begin(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Argument(0) Request request,
      @Advice.Argument(1) Response response,
      @Advice.Thrown @Nullable Throwable thrown) {
    TomcatRequests.leave(request, response, entered, null, thrown);
  }
}
