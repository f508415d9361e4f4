package io.otlpagent.instrumentation.library.jetty;

import net.bytebuddy.asm.Advice;

/** {@code AsyncContext.start}: the task waits with what is current. */
public final class TaskCreatedAdvice {

  private TaskCreatedAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(@Advice.This Object task) {
    JettyRequests.TASKS.keepOnly(task);
  }
}
