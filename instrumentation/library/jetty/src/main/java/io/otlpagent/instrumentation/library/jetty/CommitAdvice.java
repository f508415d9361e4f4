package io.otlpagent.instrumentation.library.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpChannel;
import org.jspecify.annotations.Nullable;

/** The head of a response is decided. */
public final class CommitAdvice {

  private CommitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This HttpChannel channel, @Advice.Argument(0) MetaData.@Nullable Response head) {
    JettyRequests.commit(channel, head);
  }
}
