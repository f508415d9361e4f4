package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.tasks.TaskContexts.PENDING;

import io.otlpagent.instrumentation.tasks.Submitter;
import io.otlpagent.instrumentation.tasks.TaskContexts.Entry;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.util.JdkInternals;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of a ThreadPoolExecutor: {@code submitted} and {@code scheduled} on the caller's thread,
 * the others on the worker's.
 */
final class PoolTasks {

  private static final MethodHandle FIRST_TASK =
      new JdkInternals(MethodHandles.lookup())
          .field("java.util.concurrent.ThreadPoolExecutor$Worker", "firstTask", Object.class);

  private PoolTasks() {}

  /** Returns what to forget if the submission fails; null if nothing waits. */
  static @Nullable Object submitted(ThreadPoolExecutor executor, @Nullable Object task) {
    Span span = Submitter.span();
    if (task == null || (span == null && PENDING.isUnused())) {
      return null;
    }
    if (Stages.is(task)) {
      return task;
    }
    // Outside any span only an object that already waits with one must be told apart.
    if (span != null || PENDING.get(task) != null) {
      return PENDING.add(task, System.identityHashCode(executor), span);
    }
    return null;
  }

  /** A periodic task belongs to no request, whoever scheduled it. */
  static @Nullable Object scheduled(ThreadPoolExecutor executor, RunnableScheduledFuture<?> task) {
    Span span = Submitter.span();
    return span == null || task.isPeriodic()
        ? null
        : PENDING.add(task, System.identityHashCode(executor), span);
  }

  /** Forgets a task that its executor has refused with an exception. */
  static void submittedOrNot(@Nullable Object submission, @Nullable Throwable thrown) {
    if (thrown == null || submission == null) {
      return;
    }
    if (submission instanceof Entry) {
      PENDING.forget((Entry) submission);
    } else {
      PENDING.forgetAll(submission);
    }
  }

  static void removed(ThreadPoolExecutor executor, @Nullable Object task) {
    if (task == null || PENDING.isUnused()) {
      return;
    }
    if (Stages.is(task)) {
      PENDING.forgetAll(task);
    } else {
      PENDING.take(task, System.identityHashCode(executor));
    }
  }

  /** The list is one of the JDK's, made for who shuts the executor down. */
  static void drained(ThreadPoolExecutor executor, @Nullable List<?> tasks) {
    if (tasks == null || PENDING.isUnused()) {
      return;
    }
    for (Object task : tasks) {
      removed(executor, task);
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
