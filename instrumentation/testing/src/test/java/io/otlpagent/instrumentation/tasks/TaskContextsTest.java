package io.otlpagent.instrumentation.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.tasks.TaskContexts.Entry;
import io.otlpagent.instrumentation.testing.NamedSpan;
import io.otlpagent.instrumentation.trace.ContextEntry;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskContextsTest {

  private static final int EXECUTOR = 1;

  private final TaskContexts contexts = new TaskContexts();
  private final Span first = span("first");
  private final Span second = span("second");
  private final Object task = new Object();

  @Test
  void unusedUntilSomethingWaits() {
    assertThat(contexts.isUnused()).isTrue();
    assertThat(contexts.take(task, EXECUTOR)).isNull();

    contexts.add(task, EXECUTOR, first);

    assertThat(contexts.isUnused()).isFalse();
  }

  @Test
  void spanIsTakenOnce() {
    contexts.add(task, EXECUTOR, first);

    assertThat(taken(EXECUTOR)).isSameAs(first);
    assertThat(contexts.take(task, EXECUTOR)).isNull();
  }

  @Test
  void getLeavesTheSpanWhereItIs() {
    contexts.add(task, EXECUTOR, first);

    assertThat(contexts.get(task).context).isSameAs(first);
    assertThat(taken(EXECUTOR)).isSameAs(first);
    assertThat(contexts.get(task)).isNull();
  }

  @Test
  void latestSpanOfOneTaskComesFirst() {
    contexts.add(task, EXECUTOR, first);
    contexts.add(task, EXECUTOR, second);

    assertThat(taken(EXECUTOR)).isSameAs(second);
    assertThat(taken(EXECUTOR)).isSameAs(first);
  }

  @Test
  void executorsAreToldApart() {
    contexts.add(task, 1, first);
    contexts.add(task, 2, second);
    contexts.add(task, 2, second);

    assertThat(taken(1)).isSameAs(first);
    assertThat(contexts.take(task, 1)).isNull();
    assertThat(taken(2)).isSameAs(second);
    assertThat(taken(2)).isSameAs(second);
  }

  @Test
  void submissionOutsideAnySpanIsRemembered() {
    contexts.add(task, EXECUTOR, first);
    contexts.add(task, EXECUTOR, null);

    assertThat(taken(EXECUTOR)).isNull();
    assertThat(taken(EXECUTOR)).isSameAs(first);
  }

  @Test
  void replacingLeavesOneSpan() {
    contexts.replace(task, first);
    contexts.replace(task, second);

    assertThat(taken(TaskContexts.ANY_EXECUTOR)).isSameAs(second);
    assertThat(contexts.get(task)).isNull();
  }

  @Test
  void tasksAreToldApartByIdentity() {
    String one = new String("equal");
    String other = new String("equal");

    contexts.add(one, EXECUTOR, first);

    assertThat(contexts.get(other)).isNull();
    assertThat(contexts.get(one)).isNotNull();
  }

  @Test
  void manyTasksWaitAtOnce() {
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      Object each = new Object();
      tasks.add(each);
      contexts.add(each, EXECUTOR, first);
    }

    assertThat(tasks).allMatch(each -> contexts.take(each, EXECUTOR) != null);
    assertThat(tasks).allMatch(each -> contexts.get(each) == null);
  }

  @Test
  void objectThatNeverRunsDoesNotGrowForever() {
    for (int i = 0; i < 3 * TaskContexts.MAX_DEPTH; i++) {
      contexts.add(task, EXECUTOR, first);
    }

    assertThat(contexts.get(task).depth).isBetween(1, TaskContexts.MAX_DEPTH + 1);
  }

  @Test
  void taskThatIsForgottenIsCollectedAndItsSlotUsedAgain() {
    Object forgotten = new Object();
    WeakReference<Object> reference = new WeakReference<>(forgotten);
    contexts.add(forgotten, EXECUTOR, first);

    forgotten = null;
    await()
        .until(
            () -> {
              System.gc();
              return reference.get() == null;
            });
    contexts.add(task, EXECUTOR, second);

    assertThat(taken(EXECUTOR)).isSameAs(second);
  }

  @Test
  void failedSubmissionIsForgotten() {
    Entry waits = contexts.add(task, EXECUTOR, first);
    Entry fails = contexts.add(task, EXECUTOR, second);

    contexts.forget(fails);

    assertThat(taken(EXECUTOR)).isSameAs(waits.context);
    assertThat(contexts.get(task)).isNull();
  }

  @Test
  void taskThatWillNotRunIsForgotten() {
    contexts.add(task, 1, first);
    contexts.add(task, 2, second);

    contexts.forgetAll(task);

    assertThat(contexts.get(task)).isNull();
  }

  @Test
  void tablesAreAsLargeAsWhatWaitsNeeds() {
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      Object each = new Object();
      tasks.add(each);
      contexts.add(each, EXECUTOR, first);
    }
    assertThat(contexts.capacity()).isGreaterThan(300_000);
    List<Object> left = new ArrayList<>(tasks.subList(299_000, 299_100));

    tasks.clear();
    await()
        .until(
            () -> {
              System.gc();
              contexts.clean();
              return contexts.capacity() == 1024;
            });

    assertThat(left).allMatch(each -> contexts.take(each, EXECUTOR) != null);
    assertThat(left).allMatch(each -> contexts.take(each, EXECUTOR) == null);
  }

  @Test
  void nothingIsLostWhileTablesAreClosed() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread cleaner =
        new Thread(
            () -> {
              while (!done.get()) {
                contexts.clean();
              }
            });
    cleaner.start();
    AtomicLong lost = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(new Thread(() -> waitAndRun(lost)));
    }

    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    done.set(true);
    cleaner.join();

    assertThat(lost.get()).isZero();
  }

  /** Enough tasks for a second table, many times, with some that wait on. */
  private void waitAndRun(AtomicLong lost) {
    List<Object> tasks = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < 1500; i++) {
        Object each = new Object();
        tasks.add(each);
        contexts.add(each, EXECUTOR, first);
      }
      while (tasks.size() > 20) {
        if (contexts.take(tasks.remove(tasks.size() - 1), EXECUTOR) == null) {
          lost.incrementAndGet();
        }
      }
    }
  }

  @Test
  void eachSpanIsTakenExactlyOnceByRacingThreads() throws Exception {
    int rounds = 20_000;
    Object[] shared = {new Object(), new Object(), new Object()};
    CyclicBarrier start = new CyclicBarrier(4);
    AtomicLong taken = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          new Thread(
              () -> {
                meet(start);
                for (int round = 0; round < rounds; round++) {
                  Object each = shared[round % shared.length];
                  contexts.add(each, EXECUTOR, first);
                  if (contexts.take(each, EXECUTOR) != null) {
                    taken.incrementAndGet();
                  }
                }
              }));
    }

    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(taken.get()).isEqualTo(4L * rounds);
    for (Object each : shared) {
      assertThat(contexts.get(each)).isNull();
    }
  }

  private ContextEntry taken(int executor) {
    Entry entry = contexts.take(task, executor);
    assertThat(entry).isNotNull();
    return entry.context;
  }

  private static Span span(String name) {
    return new NamedSpan(name, SpanKind.INTERNAL);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
