package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.library.executors.Stages.HANDOFF;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import io.otlpagent.instrumentation.util.JdkInternals;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardOldestPolicy;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that a handler was asked about which throws nothing. After one of the JDK's they no longer
 * wait. One of the application's may have dropped the task or put it into the queue again, and
 * nothing says which: such a task is in doubt, and keeps its span for a while. So does what the
 * JDK's {@code DiscardOldestPolicy} is about to drop, since a worker may be faster. On the threads
 * that submit tasks.
 */
final class Rejections {

  private static final JdkInternals JDK = new JdkInternals(MethodHandles.lookup());
  private static final MethodHandle HANDLER =
      JDK.field(ThreadPoolExecutor.class.getName(), "handler", Object.class);
  private static final MethodHandle QUEUE =
      JDK.field(ThreadPoolExecutor.class.getName(), "workQueue", Object.class);

  private Rejections() {}

  /** A handler is about to be asked. */
  static void rejecting(ThreadPoolExecutor executor) throws Throwable {
    if (TaskHandoff.isUnused() || !(handler(executor) instanceof DiscardOldestPolicy)) {
      return;
    }
    Object queue = (Object) QUEUE.invokeExact((Object) executor);
    // The queue of an application may do anything; the JDK's do what the handler does in a moment.
    if (queue instanceof Queue && JdkInternals.isOfJdk(queue)) {
      Object oldest = ((Queue<?>) queue).peek();
      if (oldest != null) {
        doubt(oldest, executor);
      }
    }
  }

  /** A handler was asked and threw nothing. */
  static void handled(ThreadPoolExecutor executor, @Nullable Object task) throws Throwable {
    if (task == null || TaskHandoff.isUnused()) {
      return;
    }
    RejectedExecutionHandler handler = handler(executor);
    if (!JdkInternals.isOfJdk(handler)) {
      doubt(task, executor);
    } else if (!Stages.is(task)) {
      HANDOFF.forgetRefused(task, executor);
    } else if (handler instanceof DiscardPolicy) {
      TaskHandoff.forgetAll(task);
    }
  }

  private static RejectedExecutionHandler handler(ThreadPoolExecutor executor) throws Throwable {
    return (RejectedExecutionHandler) (Object) HANDLER.invokeExact((Object) executor);
  }

  private static void doubt(Object task, ThreadPoolExecutor executor) {
    TaskHandoff.doubt(task, Stages.is(task) ? null : executor);
  }
}
