package io.otlpagent.instrumentation.library.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.server.HttpChannel;
import org.jspecify.annotations.Nullable;

/** A thread does what is to be done for a request: all of it, or what can be done by now. */
public final class HandleAdvice {

  private HandleAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This HttpChannel channel) {
    return JettyRequests.resume(channel);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This HttpChannel channel, @Advice.Enter @Nullable Object entered) {
    JettyRequests.leave(JettyRequests.span(channel), entered);
  }
}
