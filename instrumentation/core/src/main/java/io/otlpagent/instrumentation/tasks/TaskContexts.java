package io.otlpagent.instrumentation.tasks;

import io.otlpagent.instrumentation.trace.ContextEntry;
import io.otlpagent.instrumentation.util.WeakTables;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What each task that waits takes to its thread, by the identity of the task. Used by all
 * application threads; lock-free: every change is one compare-and-set of one slot.
 *
 * <p>One Runnable may wait many times, from many requests (a lambda that captures nothing is one
 * object): its slot then holds a list, the latest first. Which run takes which span of that list
 * makes no difference, because nothing else tells those runs apart. The latest is taken, so that
 * what stays behind when the application takes a task out of a queue by itself is never taken in
 * place of a newer one.
 *
 * <p>Tasks are held weakly. A task that will not run is forgotten where that is known: at its
 * rejection, cancellation and removal. What is dropped otherwise goes when the task is collected:
 * its slot is free for the next task of the same set, and the agent's own thread empties it. A
 * table is a fixed number of sets of eight; when a set is full, a table eight times as large takes
 * the rest, until it is empty again. A span that has ended must not reach its task.
 */
final class TaskContexts implements WeakTables.Table {

  /** For tasks that are unique and need not be told apart by their executor. */
  static final int ANY_EXECUTOR = 0;

  private static final int SMALLEST_BITS = 10;
  private static final int LARGEST_BITS = 22;

  /** How often one object can wait; an object that exceeds it loses what it had. */
  static final int MAX_DEPTH = 1 << 14;

  /** Tables that are ever so sparsely used are emptied, and closed the next time. */
  private static final int SPARSE = 64;

  private final AtomicReference<@Nullable TaskTable> first = new AtomicReference<>();

  /**
   * Counts the entries that the agent's thread, which alone writes it, has copied to a table before
   * their own. Who finds nothing while it changes may have looked before the copy was there and
   * after the original was gone.
   */
  private final AtomicInteger copies = new AtomicInteger();

  TaskContexts() {
    WeakTables.add(this);
  }

  /** Whether no task ever had a span: one read, so that nothing is paid before. */
  boolean isUnused() {
    return first.get() == null;
  }

  /**
   * Puts a span beside those that the same object may have.
   *
   * @param executor identity hash code of the executor
   * @param context null to mark a submission outside any span of an object that waits with one
   * @return for {@link #forget(Entry)}; null if millions of tasks wait: this one goes without
   */
  @Nullable Entry add(Object task, int executor, @Nullable ContextEntry context) {
    return put(task, executor, context, false);
  }

  /** Puts the only span of a task that is unique. */
  void replace(Object task, ContextEntry context) {
    put(task, ANY_EXECUTOR, context, true);
  }

  private @Nullable Entry put(
      Object task, int executor, @Nullable ContextEntry context, boolean replace) {
    int hash = hash(task);
    while (true) {
      TaskTable table = grown(first, SMALLEST_BITS);
      while (table != TaskTable.END) {
        Entry put = table.put(hash, task, executor, context, replace);
        if (put != null || table.bits == LARGEST_BITS) {
          return put;
        }
        table = grown(table.next, table.bits + 3);
      }
      unlinkClosed();
    }
  }

  private static TaskTable grown(AtomicReference<@Nullable TaskTable> place, int bits) {
    TaskTable table = place.get();
    if (table != null) {
      return table;
    }
    TaskTable made = new TaskTable(bits);
    if (place.compareAndSet(null, made)) {
      return made;
    }
    table = place.get();
    return table == null ? made : table;
  }

  /** What waits with a task, latest first, without taking it; null if nothing does. */
  @Nullable Entry get(Object task) {
    if (isUnused()) {
      return null;
    }
    int hash = hash(task);
    int before;
    do {
      before = copies.get();
      for (TaskTable table = first.get(); table != null; table = table.next.get()) {
        Entry found = table.get(hash, task);
        if (found != null) {
          return found;
        }
      }
    } while (before != copies.get());
    return null;
  }

  /** Takes the latest span of a task that was given to that executor; null if there is none. */
  @Nullable Entry take(Object task, int executor) {
    if (isUnused()) {
      return null;
    }
    int hash = hash(task);
    int before;
    do {
      before = copies.get();
      for (TaskTable table = first.get(); table != null; table = table.next.get()) {
        Entry taken = table.take(hash, task, executor);
        if (taken != null) {
          return taken;
        }
      }
    } while (before != copies.get());
    return null;
  }

  /** Forgets a submission that has failed, or one of the same task that nothing tells apart. */
  void forget(Entry entry) {
    Object task = entry.get();
    if (task != null) {
      forget(task, entry.executor, entry.context);
    }
  }

  /** Forgets one submission of a task to that executor from that span, or from outside any. */
  void forget(Object task, int executor, @Nullable ContextEntry context) {
    int hash = hash(task);
    TaskTable table = first.get();
    while (table != null && !table.forget(hash, task, executor, context)) {
      table = table.next.get();
    }
  }

  /** Forgets whatever waits with a task that will not run. */
  void forgetAll(Object task) {
    int hash = hash(task);
    for (TaskTable table = first.get(); table != null; table = table.next.get()) {
      table.forgetAll(hash, task);
    }
  }

  /** How many slots there are, used or not; for tests. */
  int capacity() {
    int capacity = 0;
    for (TaskTable table = first.get(); table != null; table = table.next.get()) {
      capacity += 1 << table.bits;
    }
    return capacity;
  }

  @Override
  public void clean() {
    TaskTable last = null;
    int live = 0;
    TaskTable table = first.get();
    while (table != null && table != TaskTable.END) {
      live = table.clean();
      last = table;
      table = table.next.get();
    }
    // The first table stays.
    if (last == null || last == first.get() || live > (1 << last.bits) / SPARSE) {
      return;
    }
    last.evacuate(this);
    if (last.close()) {
      unlinkClosed();
    }
  }

  /** Puts what waits in a table into one before it too; false if that cannot be. */
  boolean copyBefore(TaskTable end, Object task, Entry entry) {
    int hash = hash(task);
    for (TaskTable table = first.get(); table != null && table != end; table = table.next.get()) {
      if (table.get(hash, task) != null) {
        return false;
      }
      if (table.put(hash, task, entry.executor, entry.context, false) != null) {
        copies.incrementAndGet();
        return true;
      }
    }
    return false;
  }

  private void unlinkClosed() {
    AtomicReference<@Nullable TaskTable> place = first;
    TaskTable table = place.get();
    while (table != null) {
      if (table.next.get() == TaskTable.END) {
        place.compareAndSet(table, null);
        return;
      }
      place = table.next;
      table = place.get();
    }
  }

  /** Spread over the upper bits, which choose the set. */
  private static int hash(Object task) {
    return System.identityHashCode(task) * 0x9E3779B9;
  }

  /** A task that waits, with the others of the same object behind it. Immutable. */
  static final class Entry extends WeakReference<Object> {

    final int executor;
    final @Nullable ContextEntry context;
    final @Nullable Entry next;
    final int depth;

    Entry(Object task, int executor, @Nullable ContextEntry context, @Nullable Entry next) {
      super(task);
      this.executor = executor;
      this.context = context;
      this.next = next != null && next.depth < MAX_DEPTH ? next : null;
      this.depth = this.next == null ? 1 : this.next.depth + 1;
    }

    @Nullable Entry of(int executor) {
      Entry entry = this;
      while (entry != null && entry.executor != executor) {
        entry = entry.next;
      }
      return entry;
    }

    /** This list without one of its entries. */
    @Nullable Entry without(Object task, Entry removed) {
      Entry rest = removed.next;
      for (Entry entry = this; entry != null && entry != removed; entry = entry.next) {
        rest = new Entry(task, entry.executor, entry.context, rest);
      }
      return rest;
    }
  }
}
