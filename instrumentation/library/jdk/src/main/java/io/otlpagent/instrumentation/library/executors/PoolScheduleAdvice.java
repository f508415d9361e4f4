package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * {@code ScheduledThreadPoolExecutor.delayedExecute}: a task that runs once waits with the span.
 */
public final class PoolScheduleAdvice {

  private PoolScheduleAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(
      @Advice.This ThreadPoolExecutor executor,
      @Advice.Argument(0) RunnableScheduledFuture<?> task) {
    return PoolTasks.scheduled(executor, task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable Object submission, @Advice.Thrown @Nullable Throwable thrown) {
    PoolTasks.submittedOrNot(submission, thrown);
  }
}
