package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ThreadPoolExecutor.reject}: a handler decides what becomes of the task. */
public final class PoolRejectAdvice {

  private PoolRejectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(
      @Advice.This ThreadPoolExecutor executor, @Advice.Argument(0) @Nullable Runnable task)
      throws Throwable {
    Rejections.rejecting(executor);
    return task;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(
      @Advice.This ThreadPoolExecutor executor, @Advice.Enter @Nullable Object task)
      throws Throwable {
    Rejections.handled(executor, task);
  }
}
