package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.library.executors.Stages.HANDOFF;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
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
    return Stages.is(task) ? task : HANDOFF.keep(task, executor);
  }

  /** A periodic task belongs to no request, whoever scheduled it. */
  static @Nullable Object scheduled(ThreadPoolExecutor executor, RunnableScheduledFuture<?> task) {
    return HANDOFF.current() == null || task.isPeriodic() ? null : HANDOFF.keep(task, executor);
  }

  /** Forgets a task that its executor has refused with an exception. */
  static void submittedOrNot(@Nullable Object submission, @Nullable Throwable thrown) {
    if (thrown == null) {
      return;
    }
    if (Stages.is(submission)) {
      TaskHandoff.forgetAll(submission);
    } else {
      TaskHandoff.forget(submission);
    }
  }

  static void removed(ThreadPoolExecutor executor, @Nullable Object task) {
    if (Stages.is(task)) {
      TaskHandoff.forgetAll(task);
    } else if (task != null) {
      TaskHandoff.forget(task, executor);
    }
  }

  /** The list is one of the JDK's, made for who shuts the executor down. */
  static void drained(ThreadPoolExecutor executor, @Nullable List<?> tasks) {
    if (tasks == null || TaskHandoff.isUnused()) {
      return;
    }
    for (Object task : tasks) {
      removed(executor, task);
    }
  }

  static void firstTask(ThreadPoolExecutor executor, Object worker) throws Throwable {
    if (!TaskHandoff.isUnused()) {
      TaskHandoff.begin((Object) FIRST_TASK.invokeExact(worker), executor);
    }
  }
}
