package io.otlpagent.instrumentation.tasks;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.ContextEntry;
import io.otlpagent.instrumentation.util.JdkInternals;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Gives a thread that has not begun, and will run one task only, what is current: as the first of
 * its thread-local variables, so that there is nothing to wrap and nothing to put back, and nothing
 * is kept of a thread that never runs. On the thread that starts it; {@code java.lang} is open to
 * the agent's own loader.
 */
final class NewThreads {

  private static final JdkInternals JDK = new JdkInternals(MethodHandles.lookup());

  private static final MethodHandle VARIABLES =
      JDK.field("java.lang.Thread", "threadLocals", Object.class);

  /** {@code (Thread, Object)void}: what {@code ThreadLocal.set} calls for a thread's first. */
  private static final MethodHandle CREATE =
      JDK.method(
              "java.lang.ThreadLocal",
              "createMap",
              MethodType.methodType(void.class, ThreadLocal.class, Thread.class, Object.class),
              Thread.class,
              Object.class)
          .bindTo(Context.variable());

  private NewThreads() {}

  static void give(Thread thread, ContextEntry entry) throws Throwable {
    if ((Object) VARIABLES.invokeExact((Object) thread) == null) {
      CREATE.invokeExact(thread, (Object) entry);
    }
  }
}
