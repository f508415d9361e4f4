package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.ForkJoinPool;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ForkJoinPool.externalPush} and {@code externalSubmit}: the task waits with the span. */
public final class ForkJoinPushAdvice {

  private ForkJoinPushAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(
      @Advice.This ForkJoinPool pool, @Advice.Argument(0) @Nullable Object task) {
    return ForkJoinTasks.submitted(pool, task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable Object task, @Advice.Thrown @Nullable Throwable thrown) {
    ForkJoinTasks.submittedOrNot(task, thrown);
  }
}
