package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.ForkJoinPool;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ForkJoinPool.poolSubmit}: the task waits with the current span. */
public final class ForkJoinSubmitAdvice {

  private ForkJoinSubmitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(
      @Advice.This ForkJoinPool pool, @Advice.Argument(1) @Nullable Object task) {
    ForkJoinTasks.submitted(pool, task);
  }
}
