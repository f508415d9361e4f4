package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.library.executors.TaskContexts.ANY_EXECUTOR;
import static io.otlpagent.instrumentation.library.executors.TaskContexts.PENDING;

import io.otlpagent.instrumentation.library.executors.TaskContexts.Entry;
import io.otlpagent.instrumentation.trace.Span;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Fork/join tasks, but for those of CompletableFuture. The scheduler of virtual threads is a
 * fork/join pool as well; its tasks are the virtual threads themselves, which are left alone.
 */
final class ForkJoinTasks {

  /** The class of a thread that carries virtual threads; null before Java 19. */
  private static final @Nullable Class<?> CARRIER = carrier();

  private ForkJoinTasks() {}

  private static @Nullable Class<?> carrier() {
    try {
      return Class.forName("jdk.internal.misc.CarrierThread", false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  static void submitted(ForkJoinPool pool, @Nullable Object task) {
    if (Submitter.span() != null && !schedulesVirtualThreads(pool)) {
      forked(task);
    }
  }

  private static boolean schedulesVirtualThreads(ForkJoinPool pool) {
    return CARRIER != null
        && pool.getFactory().getClass().getName().startsWith("java.lang.VirtualThread");
  }

  static void forked(@Nullable Object task) {
    Span span = Submitter.span();
    if (span != null && task != null && !Stages.is(task)) {
      PENDING.replace(task, span);
    }
  }

  /** A task of the scheduler that each pool has from Java 25 on. */
  static void delayed(@Nullable Object task) throws Throwable {
    if (task != null && Submitter.span() != null && (long) Delayed.PERIOD.invokeExact(task) == 0) {
      forked(task);
    }
  }

  static @Nullable Object enter(Object task) {
    if (PENDING.isUnused() || Stages.is(task) || Thread.currentThread().getClass() == CARRIER) {
      return null;
    }
    Entry entry = PENDING.take(task, ANY_EXECUTOR);
    return entry == null ? null : TaskScope.enter(entry.span);
  }

  /** Linked on Java 25 and later only. */
  private static final class Delayed {

    static final MethodHandle PERIOD =
        Internals.getter(
            "java.util.concurrent.DelayScheduler$ScheduledForkJoinTask", "nextDelay", long.class);
  }
}
