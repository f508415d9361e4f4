package io.otlpagent.instrumentation.transform.plugin;

import io.otlpagent.instrumentation.testing.Calls;
import net.bytebuddy.asm.Advice;

/** Advice of the weaver's tests: it has no enter method and needs the arguments at the exit. */
public final class FailureAdvice {

  private FailureAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Argument(1) int second,
      @Advice.Argument(0) long first,
      @Advice.Thrown Throwable thrown) {
    Calls.SEEN.add("exit " + first + " " + second + " " + thrown);
  }
}
