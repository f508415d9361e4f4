package io.otlpagent.instrumentation.transform.plugin;

import io.otlpagent.instrumentation.testing.Calls;
import net.bytebuddy.asm.Advice;

/** Advice of the weaver's tests: it writes down what it is given. */
public final class RecordingAdvice {

  private RecordingAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static String enter(@Advice.Argument(0) Object first) {
    Calls.SEEN.add("enter " + first);
    return "state";
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter String state, @Advice.Return Object returned, @Advice.Thrown Throwable thrown) {
    Calls.SEEN.add("exit " + state + " " + returned + " " + thrown);
  }
}
