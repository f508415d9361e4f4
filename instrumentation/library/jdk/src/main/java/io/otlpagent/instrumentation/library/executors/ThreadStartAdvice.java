package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import java.util.concurrent.ExecutorService;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * {@code ThreadContainer.add} and {@code ThreadPerTaskExecutor.start}: a virtual thread, or one of
 * an executor or a scope that makes one for each task, is about to start. It begins with the
 * current span.
 */
public final class ThreadStartAdvice {

  private static final TaskHandoff HANDOFF = new TaskHandoff("executors");

  /** The threads of a pool live longer than the request that needed them. */
  private static final String POOL = "jdk.internal.vm.SharedThreadContainer";

  private ThreadStartAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void start(
      @Advice.This Object container, @Advice.Argument(0) @Nullable Thread thread) throws Throwable {
    if (thread != null
        && HANDOFF.current() != null
        && !container.getClass().getName().equals(POOL)
        && !isRunning(container, thread)
        && !serves(thread.getName())) {
      HANDOFF.inherit(thread);
    }
  }

  /** A factory may lie. To a container in the narrow sense only what has just begun is added. */
  private static boolean isRunning(Object container, Thread thread) {
    return container instanceof ExecutorService && thread.isAlive();
  }

  /** The JDK's own virtual threads, which one request starts and all that follow use. */
  private static boolean serves(String name) {
    return !name.isEmpty() && (name.contains("Poller") || name.contains("Selector"));
  }
}
