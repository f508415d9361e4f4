package io.otlpagent.instrumentation.tasks;

import io.otlpagent.instrumentation.tasks.TaskContexts.Entry;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.ContextEntry;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is current where a task is submitted to where it runs: for every pool, event loop and
 * reactive library. A library makes one for itself.
 *
 * <p>On the submitting thread, {@link #keep} at the entry of the method that all submissions pass
 * and, if that throws, {@link #forget(Object)}. On the running thread, {@link #enter} and {@link
 * #exit} around the task; or, where a worker has no such method, {@link #begin} before and {@link
 * #end} after it. On any thread, {@code forget} where it is known that a task will not run. A
 * thread that runs one task begins with {@link #inherit}.
 *
 * <p>The task itself is neither wrapped nor asked anything. Wherever an executor is asked for,
 * {@code null} stands for any: for tasks that wait once, or where nothing says which one runs them.
 * Nothing here throws, locks or blocks.
 */
public final class TaskHandoff {

  /** The waiting tasks of this JVM, of all libraries: one may submit what another one runs. */
  private static final TaskContexts PENDING = new TaskContexts();

  private static final DoubtfulTasks DOUBTFUL = new DoubtfulTasks(PENDING);

  /** Stands for "nothing was current": null is taken. */
  private static final Object NOTHING = new Object();

  private final InstrumentationScope scope;

  /**
   * @param library the scope whose switch is that of the hand-over, such as {@code executors}
   */
  public TaskHandoff(String library) {
    this.scope = InstrumentationScope.of(library);
  }

  /**
   * What a task takes along that the calling thread submits: null outside any span, and while the
   * operator has switched the hand-over off.
   */
  public @Nullable ContextEntry current() {
    ContextEntry current = Context.entry();
    return current == null || scope.enabled() ? current : null;
  }

  /**
   * The task waits with what is current. The same object may wait many times, of different requests
   * and for different executors.
   *
   * @return for {@link #forget(Object)}, should the submission fail; null if nothing waits
   */
  public @Nullable Object keep(@Nullable Object task, @Nullable Object executor) {
    ContextEntry current = current();
    if (task == null || (current == null && PENDING.isUnused())) {
      return null;
    }
    // Outside any span only an object that already waits with one must be told apart.
    return current == null && PENDING.get(task) == null
        ? null
        : PENDING.add(task, id(executor), current);
  }

  /** The task, which waits once at a time and for any executor, waits with what is current. */
  public void keepOnly(@Nullable Object task) {
    ContextEntry current = current();
    if (current != null && task != null) {
      PENDING.replace(task, current);
    }
  }

  /** A thread that has not begun, and will run one task only, begins with what is current. */
  public void inherit(@Nullable Thread thread) throws Throwable {
    ContextEntry current = current();
    if (current != null && thread != null) {
      NewThreads.give(thread, current);
    }
  }

  /** Whether no task of this JVM ever waited: one read, so that nothing is paid before. */
  public static boolean isUnused() {
    return PENDING.isUnused();
  }

  /** Whether the task waits with anything. */
  public static boolean waits(Object task) {
    return PENDING.get(task) != null;
  }

  /**
   * What the task waited with is current from now on; nothing is for a task that was submitted
   * outside any span, even if its thread is in one.
   *
   * @return for {@link #exit}, once the task has run or failed; null if nothing was changed
   */
  public static @Nullable Object enter(@Nullable Object task, @Nullable Object executor) {
    if (task == null || PENDING.isUnused()) {
      return null;
    }
    return enter(PENDING.take(task, id(executor)));
  }

  /** {@link #enter} of an attempt to run a task, which goes on waiting. */
  public static @Nullable Object attempt(Object task) {
    return PENDING.isUnused() ? null : enter(PENDING.get(task));
  }

  private static @Nullable Object enter(@Nullable Entry entry) {
    if (entry == null && Context.entry() == null) {
      return null;
    }
    ContextEntry was = Context.swap(entry == null ? null : entry.context);
    return was == null ? NOTHING : was;
  }

  /** What was current before {@link #enter} is again. */
  public static void exit(@Nullable Object was) {
    if (was != null) {
      Context.swap(was == NOTHING ? null : (ContextEntry) was);
    }
  }

  /**
   * What the task waited with is current until {@link #end}, on a thread that has left all else.
   */
  public static void begin(@Nullable Object task, @Nullable Object executor) {
    if (task == null || PENDING.isUnused()) {
      return;
    }
    Entry entry = PENDING.take(task, id(executor));
    if (entry != null && entry.context != null) {
      Context.swap(entry.context);
    }
  }

  /** Between two tasks a thread is in no trace. */
  public static void end() {
    if (Context.entry() != null) {
      Context.swap(null);
    }
  }

  /**
   * A submission has failed.
   *
   * @param kept what {@link #keep} returned
   */
  public static void forget(@Nullable Object kept) {
    if (kept != null) {
      PENDING.forget((Entry) kept);
    }
  }

  /** A task was taken back from its executor. */
  public static void forget(Object task, @Nullable Object executor) {
    PENDING.take(task, id(executor));
  }

  /** The task that the calling thread has just submitted was refused. */
  public void forgetRefused(Object task, @Nullable Object executor) {
    if (!PENDING.isUnused()) {
      PENDING.forget(task, id(executor), current());
    }
  }

  /** The task will not run, wherever it waits. */
  public static void forgetAll(@Nullable Object task) {
    if (task != null && !PENDING.isUnused()) {
      PENDING.forgetAll(task);
    }
  }

  /** The task may run or not, and nothing will say which: it waits until many others do. */
  public static void doubt(@Nullable Object task, @Nullable Object executor) {
    if (task != null && !PENDING.isUnused()) {
      DOUBTFUL.add(task, id(executor));
    }
  }

  private static int id(@Nullable Object executor) {
    return executor == null ? TaskContexts.ANY_EXECUTOR : System.identityHashCode(executor);
  }
}
