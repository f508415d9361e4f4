package io.otlpagent.instrumentation.library.servletjakarta;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A servlet is called. */
public final class ServiceAdvice {

  private ServiceAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Servlet servlet,
      @Advice.Argument(0) @Nullable ServletRequest request,
      @Advice.Argument(1) @Nullable ServletResponse response) {
    return JakartaServlets.service(servlet, request, response);
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
