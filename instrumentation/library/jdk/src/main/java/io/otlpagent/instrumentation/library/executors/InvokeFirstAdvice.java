package io.otlpagent.instrumentation.library.executors;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ForkJoinTask.invokeAll}: the first task runs here, in the current span. */
public final class InvokeFirstAdvice {

  private InvokeFirstAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.Argument(0) @Nullable Object tasks) {
    ForkJoinTasks.invokedFirst(tasks);
  }
}
