package io.otlpagent.instrumentation.library.executors;

import net.bytebuddy.asm.Advice;

/** {@code ForkJoinTask.fork}: the task waits with the current span. */
public final class ForkAdvice {

  private ForkAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.This Object task) {
    ForkJoinTasks.forked(task);
  }
}
