package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.library.executors.Stages.HANDOFF;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ThreadPerTaskExecutor.start}: the new thread begins with the current span. */
public final class ThreadStartAdvice {

  private ThreadStartAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(@Advice.Argument(0) @Nullable Thread thread) throws Throwable {
    HANDOFF.inherit(thread);
  }
}
