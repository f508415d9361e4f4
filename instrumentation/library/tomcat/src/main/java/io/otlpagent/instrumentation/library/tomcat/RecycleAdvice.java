package io.otlpagent.instrumentation.library.tomcat;

import net.bytebuddy.asm.Advice;
import org.apache.coyote.Request;

/** The objects of a request are made ready for another one. */
public final class RecycleAdvice {

  private RecycleAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Request request) {
    TomcatRequests.recycle(request);
  }
}
