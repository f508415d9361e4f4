package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.library.executors.Stages.HANDOFF;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import io.otlpagent.instrumentation.util.JdkInternals;
import io.otlpagent.instrumentation.util.Privileged;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.security.PrivilegedAction;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Fork/join tasks, but for those of CompletableFuture. The scheduler of virtual threads is a
 * fork/join pool as well; its tasks are the virtual threads themselves, which are left alone.
 */
final class ForkJoinTasks {

  /** The class of a thread that carries virtual threads; null before Java 19. */
  private static final @Nullable Class<?> CARRIER =
      Privileged.get(
          new PrivilegedAction<@Nullable Class<?>>() {
            @Override
            public @Nullable Class<?> run() {
              return carrier();
            }
          });

  private ForkJoinTasks() {}

  private static @Nullable Class<?> carrier() {
    try {
      return Class.forName("jdk.internal.misc.CarrierThread", false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** Returns what to forget if the submission fails; null if nothing waits. */
  static @Nullable Object submitted(ForkJoinPool pool, @Nullable Object task) {
    if (Stages.is(task)) {
      return task;
    }
    if (HANDOFF.current() == null || schedulesVirtualThreads(pool)) {
      return null;
    }
    forked(task);
    return task;
  }

  static void submittedOrNot(@Nullable Object task, @Nullable Throwable thrown) {
    if (thrown != null) {
      TaskHandoff.forgetAll(task);
    }
  }

  private static boolean schedulesVirtualThreads(ForkJoinPool pool) {
    return CARRIER != null
        && JdkInternals.isOfJdk(pool)
        && pool.getFactory().getClass().getName().startsWith("java.lang.VirtualThread");
  }

  static void forked(@Nullable Object task) {
    if (!Stages.is(task)) {
      HANDOFF.keepOnly(task);
    }
  }

  /** A task of the scheduler that each pool has from Java 25 on. */
  static void delayed(@Nullable Object task) throws Throwable {
    if (task != null && HANDOFF.current() != null && (long) Delayed.PERIOD.invokeExact(task) == 0) {
      forked(task);
    }
  }

  /** A task that runs on the spot: in the current span, unless it was forked in another one. */
  static void invoked(@Nullable Object task) {
    if (task != null && HANDOFF.current() != null && !TaskHandoff.waits(task)) {
      forked(task);
    }
  }

  /** Of the tasks of {@code invokeAll} the first runs on the spot; the others are forked. */
  static void invokedFirst(@Nullable Object tasks) {
    if (tasks == null || HANDOFF.current() == null) {
      return;
    }
    if (tasks instanceof Object[]) {
      Object[] array = (Object[]) tasks;
      invoked(array.length == 0 ? null : array[0]);
    } else if (tasks instanceof ForkJoinTask) {
      invoked(tasks);
    } else if (tasks instanceof List
        && tasks instanceof RandomAccess
        && JdkInternals.isOfJdk(tasks)) {
      // What has no random access is made an array by the JDK; an application's own list may count
      // who asks, or make the task as it is asked.
      List<?> list = (List<?>) tasks;
      invoked(list.isEmpty() ? null : list.get(0));
    }
  }

  /**
   * A worker that waits for a task helps with others. One that was handed over outside any span, or
   * while the hand-over was switched off, runs in none, whatever the worker is in.
   */
  static @Nullable Object enter(Object task) {
    if (TaskHandoff.isUnused() || Stages.is(task) || Thread.currentThread().getClass() == CARRIER) {
      return null;
    }
    return TaskHandoff.enter(task, null);
  }

  /** Linked on Java 25 and later only. */
  private static final class Delayed {

    static final MethodHandle PERIOD =
        new JdkInternals(MethodHandles.lookup())
            .field(
                "java.util.concurrent.DelayScheduler$ScheduledForkJoinTask",
                "nextDelay",
                long.class);
  }
}
