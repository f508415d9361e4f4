package io.otlpagent.instrumentation.library.servletjavax;

import javax.servlet.Servlet;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
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
    return JavaxServlets.service(servlet, request, response);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Argument(0) @Nullable ServletRequest request,
      @Advice.Argument(1) @Nullable ServletResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    JavaxServlets.exit(entered, request, response, thrown);
  }
}
