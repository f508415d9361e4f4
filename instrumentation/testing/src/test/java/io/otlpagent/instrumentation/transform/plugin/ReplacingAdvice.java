package io.otlpagent.instrumentation.transform.plugin;

import net.bytebuddy.asm.Advice;

/** Advice of the weaver's tests: it replaces the first argument and the result. */
public final class ReplacingAdvice {

  private ReplacingAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static Object enter(@Advice.Argument(0) String first) {
    return first.equals("keep") ? null : "replaced";
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static Object exit(@Advice.Return String returned) {
    if (returned.startsWith("fail")) {
      throw new IllegalStateException("advice of a test");
    }
    return returned + "!";
  }
}
