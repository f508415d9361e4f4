package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ThreadPoolExecutor.getTask}: a worker leaves one task and comes back with the next. */
public final class PoolGetTaskAdvice {

  private PoolGetTaskAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void end() {
    TaskHandoff.end();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void start(
      @Advice.This ThreadPoolExecutor executor, @Advice.Return @Nullable Runnable task) {
    TaskHandoff.begin(task, executor);
  }
}
