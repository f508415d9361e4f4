package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import net.bytebuddy.asm.Advice;

/**
 * {@code cancel} and {@code tryUnfork}: if they succeed, the task no longer waits for its thread.
 */
public final class DropAdvice {

  private DropAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(@Advice.This Object task, @Advice.Return boolean dropped) {
    if (dropped) {
      TaskHandoff.forgetAll(task);
    }
  }
}
