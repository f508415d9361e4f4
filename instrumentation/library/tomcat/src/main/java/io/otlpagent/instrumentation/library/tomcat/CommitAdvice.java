package io.otlpagent.instrumentation.library.tomcat;

import net.bytebuddy.asm.Advice;
import org.apache.coyote.Response;

/** The response counts as committed, or no longer does. */
public final class CommitAdvice {

  private CommitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Response response, @Advice.Argument(0) boolean committed) {
    if (committed) {
      TomcatRequests.commit(response);
    }
  }
}
