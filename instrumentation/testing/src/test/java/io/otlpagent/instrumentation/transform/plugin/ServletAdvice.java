package io.otlpagent.instrumentation.transform.plugin;

import io.otlpagent.instrumentation.testing.Calls;
import javax.servlet.Servlet;
import net.bytebuddy.asm.Advice;

/** Advice of the weaver's tests that cannot be linked without a type of a library. */
public final class ServletAdvice {

  private ServletAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static String enter(@Advice.Argument(0) Object first) {
    Calls.SEEN.add("enter " + (first instanceof Servlet ? name((Servlet) first) : first));
    return "state";
  }

  private static String name(Servlet servlet) {
    return servlet.getServletInfo();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter String state) {
    Calls.SEEN.add("exit " + state);
  }
}
