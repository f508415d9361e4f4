package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Span;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The spans of tasks that will not run are forgotten at once: they are collected while the
 * application still has the tasks.
 */
class ForgottenTasksTest {

  private static final int MANY = 6000;

  /** More than are remembered of those that may yet run. */
  private static final int SOME = 4200;

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final List<ThreadPoolExecutor> pools = new ArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Object> tasks = Collections.synchronizedList(new ArrayList<>());
  private final List<WeakReference<Span>> requests = new ArrayList<>();

  @AfterEach
  void endPools() {
    release.countDown();
    pools.forEach(ThreadPoolExecutor::shutdownNow);
  }

  @Test
  void taskIsForgottenAtItsRejection() {
    ThreadPoolExecutor busy = busyPool(new SynchronousQueue<>());

    inRequests(MANY, () -> refused(() -> busy.execute(task())));

    awaitCollected(0);
  }

  @Test
  void taskOfAnExecutorThatIsShutDownIsForgotten() {
    ThreadPoolExecutor ended = pool(new LinkedBlockingQueue<>());
    ThreadPoolExecutor scheduler = scheduler();
    ForkJoinPool forkJoin = new ForkJoinPool(1);
    ended.shutdown();
    scheduler.shutdown();
    forkJoin.shutdown();

    inRequests(
        1,
        () -> {
          refused(() -> ended.execute(task()));
          refused(
              () -> ((ScheduledThreadPoolExecutor) scheduler).schedule(task(), 1, TimeUnit.HOURS));
          refused(() -> forkJoin.execute((ForkJoinTask<?>) kept(ForkJoinTask.adapt(task()))));
          refused(() -> CompletableFuture.runAsync(task(), ended));
          refused(() -> CompletableFuture.completedFuture(1).thenRunAsync(task(), ended).join());
        });

    awaitCollected(0);
  }

  @Test
  void taskThatTheQueueRefusesIsForgotten() {
    ThreadPoolExecutor busy = busyPool(new PriorityBlockingQueue<>());
    busy.getQueue().add(new Ranked());

    inRequests(1, () -> refused(() -> busy.execute(task())));

    awaitCollected(0);
  }

  @Test
  void taskThatIsDiscardedIsForgotten() {
    ThreadPoolExecutor busy = busyPool(new SynchronousQueue<>());
    busy.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());

    inRequests(MANY, () -> busy.execute(task()));

    awaitCollected(0);
  }

  @Test
  void taskThatItsCallerRunsIsForgotten() {
    ThreadPoolExecutor busy = busyPool(new SynchronousQueue<>());
    busy.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());

    inRequests(MANY, () -> busy.execute(task()));

    awaitCollected(0);
  }

  @Test
  void ofTheOldestThatAreDiscardedSomeAreRemembered() {
    ThreadPoolExecutor busy = busyPool(new ArrayBlockingQueue<>(10));
    busy.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy());

    inRequests(MANY, () -> busy.execute(task()));

    awaitCollected(SOME);
  }

  @Test
  void ofThoseThatAHandlerOfTheApplicationDropsSomeAreRemembered() {
    ThreadPoolExecutor busy = busyPool(new SynchronousQueue<>());
    busy.setRejectedExecutionHandler((task, executor) -> {});

    inRequests(MANY, () -> busy.execute(task()));

    awaitCollected(SOME);
  }

  @Test
  void cancelledTaskIsForgotten() {
    ThreadPoolExecutor busy = busyPool(new LinkedBlockingQueue<>());
    ScheduledThreadPoolExecutor scheduler = scheduler();
    ForkJoinPool forkJoin = new ForkJoinPool(1);
    forkJoin.execute(this::block);

    inRequests(
        1,
        () -> {
          ((Future<?>) kept(busy.submit(task()))).cancel(false);
          ((Future<?>) kept(scheduler.schedule(task(), 1, TimeUnit.HOURS))).cancel(true);
          ((Future<?>) kept(forkJoin.submit(task()))).cancel(true);
        });

    awaitCollected(0);
    forkJoin.shutdownNow();
  }

  @Test
  void taskThatIsRemovedOrReturnedIsForgotten() {
    ThreadPoolExecutor busy = busyPool(new LinkedBlockingQueue<>());
    Runnable removed = task();

    inRequests(
        1,
        () -> {
          busy.execute(removed);
          busy.execute(task());
          busy.submit(task());
          CompletableFuture.runAsync(task(), busy);
        });
    assertThat(busy.remove(removed)).isTrue();
    tasks.addAll(busy.shutdownNow());

    awaitCollected(0);
  }

  private void inRequests(int count, Runnable body) {
    for (int i = 0; i < count; i++) {
      requests.add(new WeakReference<>(spans.inSpan("request", body)));
      spans.takeOne();
    }
  }

  private void awaitCollected(int remembered) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc();
              return requests.stream().filter(span -> span.get() != null).count() <= remembered;
            });
    assertThat(tasks).isNotEmpty();
  }

  private static void refused(Runnable submission) {
    try {
      submission.run();
    } catch (RejectedExecutionException | ClassCastException e) {
      return;
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(RejectedExecutionException.class);
      return;
    }
    throw new AssertionError("not refused");
  }

  /** A task that is reachable until the test ends. */
  private Runnable task() {
    return (Runnable) kept(new Task());
  }

  private Object kept(Object task) {
    tasks.add(task);
    return task;
  }

  private ThreadPoolExecutor busyPool(BlockingQueue<Runnable> queue) {
    ThreadPoolExecutor busy = pool(queue);
    busy.execute(this::block);
    return busy;
  }

  private void block() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ThreadPoolExecutor pool(BlockingQueue<Runnable> queue) {
    ThreadPoolExecutor made = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
    pools.add(made);
    return made;
  }

  private ScheduledThreadPoolExecutor scheduler() {
    ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1);
    pools.add(made);
    return made;
  }

  private static final class Task implements Runnable {

    @Override
    public void run() {}
  }

  private static final class Ranked implements Runnable, Comparable<Ranked> {

    @Override
    public void run() {}

    @Override
    public int compareTo(Ranked other) {
      return 0;
    }
  }
}
