package io.otlpagent.instrumentation.library.springwebmvc;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Spring MVC 6 and 7 look for the handler of a request. */
public final class GetHandlerJakartaAdvice {

  private GetHandlerJakartaAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable HttpServletRequest request) {
    return request;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object request, @Advice.Return @Nullable Object handler) {
    if (request != null && handler != null) {
      update((HttpServletRequest) request);
    }
  }

  private static void update(HttpServletRequest request) {
    if (request.getDispatcherType() != DispatcherType.ERROR
        && request.getAttribute("jakarta.servlet.error.status_code") == null) {
      HandlerRoute.update(
          request.getAttribute(HandlerRoute.BEST_MATCHING_PATTERN),
          request.getContextPath(),
          request.getPathInfo() == null ? "" : request.getServletPath());
    }
  }
}
