package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.library.executors.TaskContexts.PENDING;

import io.otlpagent.instrumentation.library.executors.TaskContexts.Entry;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of a ThreadPoolExecutor: {@code submitted} and {@code scheduled} on the caller's thread,
 * the others on the worker's.
 */
final class PoolTasks {

  private static final MethodHandle FIRST_TASK =
      Internals.getter("java.util.concurrent.ThreadPoolExecutor$Worker", "firstTask", Object.class);

  private PoolTasks() {}

  static void submitted(ThreadPoolExecutor executor, @Nullable Object task) {
    Span span = Submitter.span();
    if (task == null || (span == null && PENDING.isUnused()) || Stages.is(task)) {
      return;
    }
    // Outside any span only an object that already waits with one must be told apart.
    if (span != null || PENDING.get(task) != null) {
      PENDING.add(task, System.identityHashCode(executor), span);
    }
  }

  /** A periodic task belongs to no request, whoever scheduled it. */
  static void scheduled(ThreadPoolExecutor executor, RunnableScheduledFuture<?> task) {
    Span span = Submitter.span();
    if (span != null && !task.isPeriodic()) {
      PENDING.add(task, System.identityHashCode(executor), span);
    }
  }

  static void firstTask(ThreadPoolExecutor executor, Object worker) throws Throwable {
    if (!PENDING.isUnused()) {
      started(executor, (Object) FIRST_TASK.invokeExact(worker));
    }
  }

  static void started(ThreadPoolExecutor executor, @Nullable Object task) {
    if (task == null || PENDING.isUnused()) {
      return;
    }
    Entry entry = PENDING.take(task, System.identityHashCode(executor));
    if (entry != null && entry.span != null) {
      Context.swap(entry.span);
    }
  }

  /** Between two tasks a worker is in no trace. */
  static void ended() {
    if (Context.current() != null) {
      Context.swap(null);
    }
  }
}
