package io.otlpagent.instrumentation.library.executors;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ForkJoinPool.scheduleDelayedTask}: a task that runs once waits with the span. */
public final class ForkJoinDelayAdvice {

  private ForkJoinDelayAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.Argument(0) @Nullable Object task) throws Throwable {
    ForkJoinTasks.delayed(task);
  }
}
