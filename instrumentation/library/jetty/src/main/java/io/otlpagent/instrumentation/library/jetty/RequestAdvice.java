package io.otlpagent.instrumentation.library.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.server.HttpChannel;

/** The channel takes a request, or what was to be one: then it may fail. */
public final class RequestAdvice {

  private RequestAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.This HttpChannel channel) {
    JettyRequests.begin(channel);
  }
}
