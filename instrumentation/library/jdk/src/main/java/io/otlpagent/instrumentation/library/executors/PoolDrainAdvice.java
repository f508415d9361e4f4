package io.otlpagent.instrumentation.library.executors;

import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ThreadPoolExecutor.drainQueue}: the tasks no longer wait. */
public final class PoolDrainAdvice {

  private PoolDrainAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(
      @Advice.This ThreadPoolExecutor executor, @Advice.Return @Nullable List<?> tasks) {
    PoolTasks.drained(executor, tasks);
  }
}
