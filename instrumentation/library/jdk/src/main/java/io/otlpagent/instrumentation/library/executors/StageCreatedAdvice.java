package io.otlpagent.instrumentation.library.executors;

import net.bytebuddy.asm.Advice;

/** The constructor of a stage: it waits with the current span. */
public final class StageCreatedAdvice {

  private StageCreatedAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(@Advice.This Object stage) {
    Stages.created(stage);
  }
}
