package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.tasks.TaskContexts.PENDING;

import io.otlpagent.instrumentation.tasks.Submitter;
import io.otlpagent.instrumentation.tasks.TaskContexts;
import io.otlpagent.instrumentation.util.JdkInternals;
import io.otlpagent.instrumentation.util.WeakTables;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardOldestPolicy;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that a handler was asked about which throws nothing. After one of the JDK's they no longer
 * wait. One of the application's may have dropped the task or put it into the queue again, and
 * nothing says which: such a task keeps its span until {@value #DOUBTFUL} others have followed. So
 * does what the JDK's {@code DiscardOldestPolicy} is about to drop, since a worker may be faster.
 * On the threads that submit tasks.
 */
final class Rejections implements WeakTables.Table {

  /** A power of two. */
  private static final int DOUBTFUL = 4096;

  private static final JdkInternals JDK = new JdkInternals(MethodHandles.lookup());
  private static final MethodHandle HANDLER =
      JDK.field(ThreadPoolExecutor.class.getName(), "handler", Object.class);
  private static final MethodHandle QUEUE =
      JDK.field(ThreadPoolExecutor.class.getName(), "workQueue", Object.class);

  private static final Rejections PENDING_REJECTIONS = new Rejections();

  private final AtomicReferenceArray<TaskContexts.@Nullable Entry> doubtful =
      new AtomicReferenceArray<>(DOUBTFUL);
  private final AtomicInteger count = new AtomicInteger();

  private Rejections() {
    WeakTables.add(this);
  }

  /** A handler is about to be asked. */
  static void rejecting(ThreadPoolExecutor executor) throws Throwable {
    if (PENDING.isUnused() || !(handler(executor) instanceof DiscardOldestPolicy)) {
      return;
    }
    Object queue = (Object) QUEUE.invokeExact((Object) executor);
    // The queue of an application may do anything; the JDK's do what the handler does in a moment.
    if (queue instanceof Queue && JdkInternals.isOfJdk(queue)) {
      Object oldest = ((Queue<?>) queue).peek();
      if (oldest != null) {
        PENDING_REJECTIONS.doubt(oldest, executor);
      }
    }
  }

  /** A handler was asked and threw nothing. */
  static void handled(ThreadPoolExecutor executor, @Nullable Object task) throws Throwable {
    if (task == null || PENDING.isUnused()) {
      return;
    }
    RejectedExecutionHandler handler = handler(executor);
    if (!JdkInternals.isOfJdk(handler)) {
      PENDING_REJECTIONS.doubt(task, executor);
    } else if (!Stages.is(task)) {
      PENDING.forget(task, System.identityHashCode(executor), Submitter.span());
    } else if (handler instanceof DiscardPolicy) {
      PENDING.forgetAll(task);
    }
  }

  private static RejectedExecutionHandler handler(ThreadPoolExecutor executor) throws Throwable {
    return (RejectedExecutionHandler) (Object) HANDLER.invokeExact((Object) executor);
  }

  private void doubt(Object task, ThreadPoolExecutor executor) {
    int id = Stages.is(task) ? TaskContexts.ANY_EXECUTOR : System.identityHashCode(executor);
    TaskContexts.Entry entry = PENDING.get(task);
    TaskContexts.Entry doubted = entry == null ? null : entry.of(id);
    if (doubted != null) {
      int slot = count.getAndIncrement() & (DOUBTFUL - 1);
      TaskContexts.Entry former = doubtful.getAndSet(slot, doubted);
      if (former != null) {
        PENDING.forget(former);
      }
    }
  }

  @Override
  public void clean() {
    for (int slot = 0; slot < DOUBTFUL; slot++) {
      TaskContexts.Entry entry = doubtful.get(slot);
      Object task = entry == null ? null : entry.get();
      if (entry != null && (task == null || PENDING.get(task) == null)) {
        doubtful.compareAndSet(slot, entry, null);
      }
    }
  }
}
