package io.otlpagent.instrumentation.tasks;

import io.otlpagent.instrumentation.tasks.TaskContexts.Entry;
import io.otlpagent.instrumentation.trace.ContextEntry;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Sets of slots; a task may stand in any slot of the set that its hash chooses. Used by all
 * application threads, and by the agent's thread that cleans; every change is one compare-and-set
 * of one slot.
 */
final class TaskTable {

  private static final int WAYS = 8;

  /** Stands behind a table that is closed, in place of a larger one; always empty. */
  static final TaskTable END = new TaskTable(3);

  /** Keeps {@link #CLOSED} from looking like a slot whose task is gone. */
  private static final Object NO_TASK = new Object();

  /** In every slot of a closed table, so that nothing can be put there. */
  private static final Entry CLOSED = new Entry(NO_TASK, TaskContexts.ANY_EXECUTOR, null, null);

  final int bits;
  final AtomicReference<@Nullable TaskTable> next = new AtomicReference<>();
  private final AtomicReferenceArray<@Nullable Entry> slots;

  TaskTable(int bits) {
    this.bits = bits;
    this.slots = new AtomicReferenceArray<>(1 << bits);
  }

  private int set(int hash) {
    return (hash >>> (Integer.SIZE - bits)) & -WAYS;
  }

  /** What was put; null if every slot of the set is taken by other tasks. */
  @Nullable Entry put(
      int hash, Object task, int executor, @Nullable ContextEntry context, boolean replace) {
    int set = set(hash);
    while (true) {
      int slot = slotFor(set, task);
      if (slot < 0) {
        return null;
      }
      Entry old = slots.get(slot);
      boolean same = old != null && old.get() == task;
      if (!same && old != null && old.get() != null) {
        // Somebody was faster.
        continue;
      }
      if (same && replace && old.context == context) {
        return old;
      }
      Entry entry = new Entry(task, executor, context, same && !replace ? old : null);
      if (slots.compareAndSet(slot, old, entry)) {
        return entry;
      }
    }
  }

  /** The slot that the task has, else a free one, else -1. */
  private int slotFor(int set, Object task) {
    int free = -1;
    for (int slot = set; slot < set + WAYS; slot++) {
      Entry entry = slots.get(slot);
      Object held = entry == null ? null : entry.get();
      if (held == task) {
        return slot;
      }
      if (held == null && free < 0) {
        free = slot;
      }
    }
    return free;
  }

  @Nullable Entry get(int hash, Object task) {
    int set = set(hash);
    for (int slot = set; slot < set + WAYS; slot++) {
      Entry entry = slots.get(slot);
      if (entry != null && entry.get() == task) {
        return entry;
      }
    }
    return null;
  }

  @Nullable Entry take(int hash, Object task, int executor) {
    int set = set(hash);
    for (int slot = set; slot < set + WAYS; slot++) {
      Entry list = slots.get(slot);
      while (list != null && list.get() == task) {
        Entry taken = list.of(executor);
        if (taken == null) {
          break;
        }
        if (slots.compareAndSet(slot, list, list.without(task, taken))) {
          return taken;
        }
        list = slots.get(slot);
      }
    }
    return null;
  }

  /** Removes one entry of that executor and that span; false if there is none. */
  boolean forget(int hash, Object task, int executor, @Nullable ContextEntry context) {
    int set = set(hash);
    for (int slot = set; slot < set + WAYS; slot++) {
      Entry list = slots.get(slot);
      while (list != null && list.get() == task) {
        Entry found = list.of(executor);
        while (found != null && found.context != context) {
          found = found.next == null ? null : found.next.of(executor);
        }
        if (found == null) {
          break;
        }
        if (slots.compareAndSet(slot, list, list.without(task, found))) {
          return true;
        }
        list = slots.get(slot);
      }
    }
    return false;
  }

  /** Removes whatever waits with a task. */
  void forgetAll(int hash, Object task) {
    int set = set(hash);
    for (int slot = set; slot < set + WAYS; slot++) {
      Entry list = slots.get(slot);
      while (list != null && list.get() == task && !slots.compareAndSet(slot, list, null)) {
        list = slots.get(slot);
      }
    }
  }

  /** Empties the slots of dead tasks and returns how many of the others there are. */
  int clean() {
    int live = 0;
    for (int slot = 0; slot < slots.length(); slot++) {
      Entry entry = slots.get(slot);
      if (entry == null) {
        continue;
      }
      if (entry.get() != null) {
        live++;
      } else {
        slots.compareAndSet(slot, entry, null);
      }
    }
    return live;
  }

  /** Lets the contexts move each task elsewhere that waits once; those that stay are few. */
  void evacuate(TaskContexts contexts) {
    for (int slot = 0; slot < slots.length(); slot++) {
      Entry entry = slots.get(slot);
      Object task = entry == null ? null : entry.get();
      if (task != null && entry.next == null && contexts.copyBefore(this, task, entry)) {
        if (!slots.compareAndSet(slot, entry, null)) {
          // It has been taken meanwhile, or another waits with it.
          contexts.forget(task, entry.executor, entry.context);
        }
      }
    }
  }

  /** Closes an empty last table for good; false if it is in use, and then it stays as it is. */
  boolean close() {
    int closed = 0;
    while (closed < slots.length() && slots.compareAndSet(closed, null, CLOSED)) {
      closed++;
    }
    if (closed == slots.length() && next.compareAndSet(null, END)) {
      return true;
    }
    while (closed > 0) {
      slots.set(--closed, null);
    }
    return false;
  }
}
