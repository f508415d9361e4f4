package io.otlpagent.instrumentation.transform.plugin;

import io.otlpagent.instrumentation.testing.Calls;
import net.bytebuddy.asm.Advice;

/** Advice of the weaver's tests: it has a value of its own and replaces the first argument. */
public final class EnteringAndReplacingAdvice {

  private EnteringAndReplacingAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter(@Advice.Argument(0) Object first) {
    return "state of " + first;
  }

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static Object replace(@Advice.Enter Object state, @Advice.Argument(0) Object first) {
    Calls.SEEN.add("replace " + first + " with " + state);
    return first.equals("keep") ? null : "new";
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter Object state, @Advice.Return Object returned) {
    Calls.SEEN.add("exit " + state + " " + returned);
  }
}
