package io.otlpagent.instrumentation.transform.plugin;

import io.otlpagent.instrumentation.testing.Calls;
import net.bytebuddy.asm.Advice;

/** Advice of the weaver's tests: it needs the object also at the exit. */
public final class SelfAdvice {

  private SelfAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static String enter(@Advice.This Object self) {
    Calls.SEEN.add("enter " + self);
    return "state";
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object self, @Advice.Enter String state, @Advice.Thrown Throwable thrown) {
    Calls.SEEN.add("exit " + self + " " + state + " " + thrown);
  }
}
