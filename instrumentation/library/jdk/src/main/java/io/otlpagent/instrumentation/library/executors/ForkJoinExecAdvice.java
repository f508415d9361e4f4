package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ForkJoinTask.doExec}: the task runs in the span that it waited with. */
public final class ForkJoinExecAdvice {

  private ForkJoinExecAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(@Advice.This Object task) {
    return ForkJoinTasks.enter(task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(@Advice.Enter @Nullable Object was) {
    TaskHandoff.exit(was);
  }
}
