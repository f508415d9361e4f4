package io.otlpagent.instrumentation.library.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.server.HttpChannel;
import org.jspecify.annotations.Nullable;

/** The handlers have thrown something. */
public final class ExceptionAdvice {

  private ExceptionAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This HttpChannel channel, @Advice.Argument(0) @Nullable Throwable thrown) {
    JettyRequests.fail(channel, thrown, false);
  }
}
