package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ThreadPoolExecutor.remove}: the task no longer waits. */
public final class PoolRemoveAdvice {

  private PoolRemoveAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(@Advice.Argument(0) @Nullable Runnable task) {
    return task;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(
      @Advice.This ThreadPoolExecutor executor,
      @Advice.Enter @Nullable Object task,
      @Advice.Return boolean removed) {
    if (removed) {
      PoolTasks.removed(executor, task);
    }
  }
}
