package io.otlpagent.instrumentation.library.jetty;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The task of {@code AsyncContext.start} runs. */
public final class TaskRunAdvice {

  private TaskRunAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(@Advice.This Object task) {
    return TaskHandoff.enter(task, null);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(@Advice.Enter @Nullable Object was) {
    TaskHandoff.exit(was);
  }
}
