package io.otlpagent.instrumentation.library.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.server.HttpChannel;
import org.jspecify.annotations.Nullable;

/** The connection is given up before the response is complete. */
public final class AbortAdvice {

  private AbortAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This HttpChannel channel, @Advice.Argument(0) @Nullable Throwable thrown) {
    JettyRequests.fail(channel, thrown, true);
  }
}
