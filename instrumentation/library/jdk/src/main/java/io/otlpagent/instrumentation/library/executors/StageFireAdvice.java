package io.otlpagent.instrumentation.library.executors;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code tryFire} of a dependent stage: it runs in the span that it was made in. */
public final class StageFireAdvice {

  private StageFireAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object start(@Advice.This Object stage) {
    return Stages.fire(stage);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(@Advice.This Object stage, @Advice.Enter @Nullable Object was)
      throws Throwable {
    Stages.fired(stage, was);
  }
}
