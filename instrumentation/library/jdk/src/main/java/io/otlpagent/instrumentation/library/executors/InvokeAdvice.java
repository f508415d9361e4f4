package io.otlpagent.instrumentation.library.executors;

import net.bytebuddy.asm.Advice;

/**
 * {@code ForkJoinTask.invoke} and {@code quietlyInvoke}: the task runs here, in the current span.
 */
public final class InvokeAdvice {

  private InvokeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.This Object task) {
    ForkJoinTasks.invoked(task);
  }
}
