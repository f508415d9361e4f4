package io.otlpagent.instrumentation.tasks;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.ContextEntry;
import io.otlpagent.instrumentation.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * Makes a task's span current while the task runs, and puts back what was. On the thread that runs
 * the task. What {@code enter} returns is for {@link #exit}; null means that nothing was changed.
 */
public final class TaskScope {

  /** Stands for "no span was current": null is taken. */
  private static final Object NO_SPAN = new Object();

  private TaskScope() {}

  public static Object enter(@Nullable Span span) {
    ContextEntry was = Context.swap(span);
    return was == null ? NO_SPAN : was;
  }

  /** Leaves every trace, for a task that was submitted outside any. */
  public static @Nullable Object leave() {
    return Context.current() == null ? null : enter(null);
  }

  public static void exit(@Nullable Object was) {
    if (was != null) {
      Context.swap(was == NO_SPAN ? null : (ContextEntry) was);
    }
  }
}
