package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;

/**
 * {@code ScheduledThreadPoolExecutor.delayedExecute}: a task that runs once waits with the span.
 */
public final class PoolScheduleAdvice {

  private PoolScheduleAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(
      @Advice.This ThreadPoolExecutor executor,
      @Advice.Argument(0) RunnableScheduledFuture<?> task) {
    PoolTasks.scheduled(executor, task);
  }
}
