package io.otlpagent.instrumentation.library.executors;

import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;

/** {@code ThreadPoolExecutor.runWorker}: a worker may bring its first task along. */
public final class PoolRunWorkerAdvice {

  private PoolRunWorkerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(
      @Advice.This ThreadPoolExecutor executor, @Advice.Argument(0) Object worker)
      throws Throwable {
    PoolTasks.firstTask(executor, worker);
  }
}
