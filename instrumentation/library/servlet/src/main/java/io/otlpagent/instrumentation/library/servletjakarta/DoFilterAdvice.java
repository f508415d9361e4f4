package io.otlpagent.instrumentation.library.servletjakarta;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A filter is called. */
public final class DoFilterAdvice {

  private DoFilterAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable ServletRequest request,
      @Advice.Argument(1) @Nullable ServletResponse response) {
    return JakartaServlets.doFilter(request, response);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Argument(0) @Nullable ServletRequest request,
      @Advice.Argument(1) @Nullable ServletResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    JakartaServlets.exit(entered, request, response, thrown);
  }
}
