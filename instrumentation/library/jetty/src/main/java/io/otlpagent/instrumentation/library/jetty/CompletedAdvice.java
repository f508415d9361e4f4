package io.otlpagent.instrumentation.library.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.server.HttpChannel;

/** Nothing is left to do for a request. */
public final class CompletedAdvice {

  private CompletedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This HttpChannel channel) {
    JettyRequests.complete(channel);
  }
}
