package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.tasks.Submitter;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.util.JdkInternals;
import io.otlpagent.instrumentation.util.Privileged;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Gives a thread that has not been started, and will run one task only, its span: as the first of
 * its thread-local variables, so that there is nothing to wrap and nothing to put back. On the
 * thread that submits the task.
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
          .bindTo(
              Privileged.get(
                  new PrivilegedAction<Object>() {
                    @Override
                    public Object run() {
                      return currentSpan();
                    }
                  }));

  private NewThreads() {}

  private static Object currentSpan() {
    try {
      Field variable = Context.class.getDeclaredField("CURRENT");
      variable.setAccessible(true);
      return variable.get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Context.CURRENT", e);
    }
  }

  static void starting(@Nullable Thread thread) throws Throwable {
    Span span = Submitter.span();
    if (span != null && thread != null && (Object) VARIABLES.invokeExact((Object) thread) == null) {
      CREATE.invokeExact(thread, (Object) span);
    }
  }
}
