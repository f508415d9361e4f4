package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.tasks.TaskHandoff;
import io.otlpagent.instrumentation.util.JdkInternals;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * The stages of CompletableFuture. A stage gets its span when it is made, so that no executor needs
 * to know of it; one that depends on others is fired, perhaps in vain, until its source is there. A
 * stage that was made outside any span runs in none: what completes its source may be a response
 * whose own span has ended, and must not become the parent of what the stage does.
 */
final class Stages {

  /** Of all that this library hands over. */
  static final TaskHandoff HANDOFF = new TaskHandoff("executors");

  private static final MethodHandle DEPENDENT =
      new JdkInternals(MethodHandles.lookup())
          .field("java.util.concurrent.CompletableFuture$UniCompletion", "dep", Object.class);

  private Stages() {}

  /** Whether a task is a stage on its way through an executor. */
  static boolean is(@Nullable Object task) {
    return task instanceof ForkJoinTask && task instanceof AsynchronousCompletionTask;
  }

  static void created(Object stage) {
    HANDOFF.keepOnly(stage);
  }

  /** Enters a stage without dependencies: it runs once. */
  static @Nullable Object run(Object stage) {
    return TaskHandoff.enter(stage, null);
  }

  /** Enters an attempt to fire a stage that depends on others. */
  static @Nullable Object fire(Object stage) {
    return TaskHandoff.attempt(stage);
  }

  /** Leaves an attempt; a stage that has fired forgets its dependent, and we its span. */
  static void fired(Object stage, @Nullable Object was) throws Throwable {
    if (was != null) {
      TaskHandoff.exit(was);
      if ((Object) DEPENDENT.invokeExact(stage) == null) {
        TaskHandoff.forget(stage, null);
      }
    }
  }
}
