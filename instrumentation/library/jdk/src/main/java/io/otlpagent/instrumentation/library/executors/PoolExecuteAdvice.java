package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ThreadPoolExecutor.execute}: the task waits with the current span. */
public final class PoolExecuteAdvice {

  private PoolExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(
      @Advice.This ThreadPoolExecutor executor, @Advice.Argument(0) @Nullable Runnable task) {
    return PoolTasks.submitted(executor, task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable Object submission, @Advice.Thrown @Nullable Throwable thrown) {
    PoolTasks.submittedOrNot(submission, thrown);
  }
}
