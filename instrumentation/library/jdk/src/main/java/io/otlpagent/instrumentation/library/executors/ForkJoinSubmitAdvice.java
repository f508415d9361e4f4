package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.ForkJoinPool;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ForkJoinPool.poolSubmit}: the task waits with the current span. */
public final class ForkJoinSubmitAdvice {

  private ForkJoinSubmitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(
      @Advice.This ForkJoinPool pool, @Advice.Argument(1) @Nullable Object task) {
    return ForkJoinTasks.submitted(pool, task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable Object task, @Advice.Thrown @Nullable Throwable thrown) {
    ForkJoinTasks.submittedOrNot(task, thrown);
  }
}
