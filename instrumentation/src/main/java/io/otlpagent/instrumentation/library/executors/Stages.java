package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.tasks.TaskContexts.ANY_EXECUTOR;
import static io.otlpagent.instrumentation.tasks.TaskContexts.PENDING;

import io.otlpagent.instrumentation.tasks.Submitter;
import io.otlpagent.instrumentation.tasks.TaskContexts.Entry;
import io.otlpagent.instrumentation.tasks.TaskScope;
import io.otlpagent.instrumentation.trace.Span;
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

  private static final MethodHandle DEPENDENT =
      new JdkInternals(MethodHandles.lookup())
          .field("java.util.concurrent.CompletableFuture$UniCompletion", "dep", Object.class);

  private Stages() {}

  /** Whether a task is a stage on its way through an executor. */
  static boolean is(@Nullable Object task) {
    return task instanceof ForkJoinTask && task instanceof AsynchronousCompletionTask;
  }

  static void created(Object stage) {
    Span span = Submitter.span();
    if (span != null) {
      PENDING.replace(stage, span);
    }
  }

  /** Enters a stage without dependencies: it runs once. */
  static @Nullable Object run(Object stage) {
    if (PENDING.isUnused()) {
      return null;
    }
    Entry entry = PENDING.take(stage, ANY_EXECUTOR);
    return entry == null ? TaskScope.leave() : TaskScope.enter(entry.span);
  }

  /** Enters an attempt to fire a stage that depends on others. */
  static @Nullable Object fire(Object stage) {
    if (PENDING.isUnused()) {
      return null;
    }
    Entry entry = PENDING.get(stage);
    return entry == null ? TaskScope.leave() : TaskScope.enter(entry.span);
  }

  /** Leaves an attempt; a stage that has fired forgets its dependent, and we its span. */
  static void fired(Object stage, @Nullable Object was) throws Throwable {
    if (was != null) {
      TaskScope.exit(was);
      if ((Object) DEPENDENT.invokeExact(stage) == null) {
        PENDING.take(stage, ANY_EXECUTOR);
      }
    }
  }
}
