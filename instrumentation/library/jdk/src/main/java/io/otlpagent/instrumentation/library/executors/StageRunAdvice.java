package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code run} of a stage without dependencies: it runs in the span that it was made in. */
public final class StageRunAdvice {

  private StageRunAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(@Advice.This Object stage) {
    return Stages.run(stage);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(@Advice.Enter @Nullable Object was) {
    TaskHandoff.exit(was);
  }
}
