package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduledPoolTest extends ContextContract {

  private final ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(2);

  @AfterEach
  void endPool() {
    pool.shutdownNow();
  }

  @Override
  Executor executor() {
    return pool;
  }

  @Test
  void delayedTaskRunsInTheSpan() throws Exception {
    AtomicReference<Future<Span>> result = new AtomicReference<>();

    Span request =
        inRequest(
            "request", () -> result.set(pool.schedule(Context::current, 1, TimeUnit.MILLISECONDS)));

    assertThat(result.get().get(60, TimeUnit.SECONDS)).isSameAs(request);
  }

  @Test
  void tasksRunInTheOrderOfTheirDelaysEachInItsSpan() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1);
    CountDownLatch done = new CountDownLatch(2);
    Runnable task =
        () -> {
          seen.add(current());
          done.countDown();
        };

    Span late = inRequest("late", () -> single.schedule(task, 1, TimeUnit.SECONDS));
    Span early = inRequest("early", () -> single.schedule(task, 1, TimeUnit.MILLISECONDS));
    await(done);
    single.shutdownNow();

    assertThat(seen).containsExactly(early, late);
  }

  @Test
  void periodicTaskCarriesNoRequest() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ran = new CountDownLatch(6);
    Runnable task =
        () -> {
          seen.add(current());
          ran.countDown();
        };

    inRequest(
        "request",
        () -> {
          pool.scheduleAtFixedRate(task, 0, 1, TimeUnit.MILLISECONDS);
          pool.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);
        });
    await(ran);
    pool.shutdownNow();

    assertThat(new ArrayList<>(seen)).containsOnly(nothing());
  }

  @Test
  void queueAndShutdownNowHaveTheFutureItself() {
    List<ScheduledFuture<?>> futures = new ArrayList<>();

    inRequest("request", () -> futures.add(pool.schedule(() -> {}, 1, TimeUnit.HOURS)));

    assertThat(pool.getQueue().toArray()).containsExactly(futures.get(0));
    assertThat(pool.remove((Runnable) futures.get(0))).isTrue();
    inRequest("request", () -> futures.add(pool.schedule(() -> {}, 1, TimeUnit.HOURS)));
    assertThat(pool.shutdownNow().toArray()).containsExactly(futures.get(1));
  }

  @Test
  void cancelledTaskLeavesTheQueueIfTheApplicationAsksForThat() {
    pool.setRemoveOnCancelPolicy(true);

    inRequest("request", () -> pool.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false));

    assertThat(pool.getQueue()).isEmpty();
  }

  @Test
  void decoratedTaskRunsInTheSpan() {
    AtomicReference<Object> seen = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    ScheduledThreadPoolExecutor decorating =
        new ScheduledThreadPoolExecutor(1) {
          @Override
          protected <V> RunnableScheduledFuture<V> decorateTask(
              Runnable task, RunnableScheduledFuture<V> future) {
            return new Decorated<>(future);
          }

          @Override
          protected <V> RunnableScheduledFuture<V> decorateTask(
              Callable<V> task, RunnableScheduledFuture<V> future) {
            return new Decorated<>(future);
          }
        };

    Span request =
        inRequest(
            "request",
            () ->
                decorating.schedule(
                    () -> {
                      seen.set(current());
                      done.countDown();
                    },
                    1,
                    TimeUnit.MILLISECONDS));
    await(done);
    decorating.shutdownNow();

    assertThat(seen.get()).isSameAs(request);
  }

  private static final class Decorated<V> implements RunnableScheduledFuture<V> {

    private final RunnableScheduledFuture<V> future;

    Decorated(RunnableScheduledFuture<V> future) {
      this.future = future;
    }

    @Override
    public boolean isPeriodic() {
      return future.isPeriodic();
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return future.getDelay(unit);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public void run() {
      future.run();
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      return future.cancel(mayInterrupt);
    }

    @Override
    public boolean isCancelled() {
      return future.isCancelled();
    }

    @Override
    public boolean isDone() {
      return future.isDone();
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
      return future.get();
    }

    @Override
    public V get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      return future.get(timeout, unit);
    }
  }
}
