package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.trace.Span;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The span of each task that waits for its thread, by the identity of the task. Used by all
 * application threads; lock-free: every change is one compare-and-set of one slot.
 *
 * <p>One Runnable may wait many times, from many requests (a lambda that captures nothing is one
 * object): its slot then holds a list, the latest first. Which run takes which span of that list
 * makes no difference, because nothing else tells those runs apart. The latest is taken, so that
 * what stays behind when the application takes a task out of a queue by itself is never taken in
 * place of a newer one.
 *
 * <p>Tasks are held weakly. There is no reference queue to clean: a slot whose task is gone is free
 * for the next task of the same set. A table is a fixed number of sets of {@value #WAYS}; when a
 * set is full, a table eight times as large takes the rest. A span that has ended must not reach
 * its task.
 */
final class TaskContexts {

  /** The waiting tasks of this JVM. */
  static final TaskContexts PENDING = new TaskContexts();

  /** For tasks that are unique and need not be told apart by their executor. */
  static final int ANY_EXECUTOR = 0;

  private static final int WAYS = 8;
  private static final int SMALLEST_BITS = 10;
  private static final int LARGEST_BITS = 22;

  /** How often one object can wait; an object that exceeds it loses what it had. */
  static final int MAX_DEPTH = 1 << 14;

  private final AtomicReference<@Nullable Table> first = new AtomicReference<>();

  /** Whether no task ever had a span: one read, so that nothing is paid before. */
  boolean isUnused() {
    return first.get() == null;
  }

  /**
   * Puts a span beside those that the same object may have.
   *
   * @param executor identity hash code of the executor
   * @param span null to mark a submission outside any span of an object that waits with one
   */
  void add(Object task, int executor, @Nullable Span span) {
    put(task, executor, span, false);
  }

  /** Puts the only span of a task that is unique. */
  void replace(Object task, Span span) {
    put(task, ANY_EXECUTOR, span, true);
  }

  private void put(Object task, int executor, @Nullable Span span, boolean replace) {
    int hash = hash(task);
    Table table = grown(first, SMALLEST_BITS);
    while (!table.put(hash, task, executor, span, replace)) {
      if (table.bits == LARGEST_BITS) {
        // Millions of tasks wait: this one goes without.
        return;
      }
      table = grown(table.next, table.bits + 3);
    }
  }

  private static Table grown(AtomicReference<@Nullable Table> place, int bits) {
    Table table = place.get();
    if (table != null) {
      return table;
    }
    Table made = new Table(bits);
    if (place.compareAndSet(null, made)) {
      return made;
    }
    table = place.get();
    return table == null ? made : table;
  }

  /** What waits with a task, latest first, without taking it; null if nothing does. */
  @Nullable Entry get(Object task) {
    Table table = first.get();
    if (table == null) {
      return null;
    }
    int hash = hash(task);
    for (; table != null; table = table.next.get()) {
      Entry found = table.get(hash, task);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Takes the latest span of a task that was given to that executor; null if there is none. */
  @Nullable Entry take(Object task, int executor) {
    Table table = first.get();
    if (table == null) {
      return null;
    }
    int hash = hash(task);
    for (; table != null; table = table.next.get()) {
      Entry taken = table.take(hash, task, executor);
      if (taken != null) {
        return taken;
      }
    }
    return null;
  }

  /** Spread over the upper bits, which choose the set. */
  private static int hash(Object task) {
    return System.identityHashCode(task) * 0x9E3779B9;
  }

  /** A task that waits, with the others of the same object behind it. Immutable. */
  static final class Entry extends WeakReference<Object> {

    final int executor;
    final @Nullable Span span;
    final @Nullable Entry next;
    final int depth;

    Entry(Object task, int executor, @Nullable Span span, @Nullable Entry next) {
      super(task);
      this.executor = executor;
      this.span = span;
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
        rest = new Entry(task, entry.executor, entry.span, rest);
      }
      return rest;
    }
  }

  /** Sets of slots; a task may stand in any slot of the set that its hash chooses. */
  private static final class Table {

    final int bits;
    final AtomicReference<@Nullable Table> next = new AtomicReference<>();
    private final AtomicReferenceArray<@Nullable Entry> slots;

    Table(int bits) {
      this.bits = bits;
      this.slots = new AtomicReferenceArray<>(1 << bits);
    }

    private int set(int hash) {
      return (hash >>> (Integer.SIZE - bits)) & -WAYS;
    }

    /** False if every slot of the set is taken by other tasks. */
    boolean put(int hash, Object task, int executor, @Nullable Span span, boolean replace) {
      int set = set(hash);
      while (true) {
        int slot = slotFor(set, task);
        if (slot < 0) {
          return false;
        }
        Entry old = slots.get(slot);
        boolean same = old != null && old.get() == task;
        if (!same && old != null && old.get() != null) {
          // Somebody was faster.
          continue;
        }
        if (same && replace && old.span == span) {
          return true;
        }
        Entry entry = new Entry(task, executor, span, same && !replace ? old : null);
        if (slots.compareAndSet(slot, old, entry)) {
          return true;
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
  }
}
