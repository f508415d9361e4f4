package io.otlpagent.instrumentation.tasks;

import io.otlpagent.instrumentation.tasks.TaskContexts.Entry;
import io.otlpagent.instrumentation.util.WeakTables;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that may yet run although their executor was about to refuse them. Such a task waits until
 * {@value #MOST} others have followed it. On the threads that submit tasks.
 */
final class DoubtfulTasks implements WeakTables.Table {

  /** A power of two. */
  private static final int MOST = 4096;

  private final TaskContexts contexts;
  private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(MOST);
  private final AtomicInteger count = new AtomicInteger();

  DoubtfulTasks(TaskContexts contexts) {
    this.contexts = contexts;
    WeakTables.add(this);
  }

  void add(Object task, int executor) {
    Entry waiting = contexts.get(task);
    Entry doubted = waiting == null ? null : waiting.of(executor);
    if (doubted != null) {
      Entry former = slots.getAndSet(count.getAndIncrement() & (MOST - 1), doubted);
      if (former != null) {
        contexts.forget(former);
      }
    }
  }

  @Override
  public void clean() {
    for (int slot = 0; slot < MOST; slot++) {
      Entry entry = slots.get(slot);
      Object task = entry == null ? null : entry.get();
      if (entry != null && (task == null || contexts.get(task) == null)) {
        slots.compareAndSet(slot, entry, null);
      }
    }
  }
}
