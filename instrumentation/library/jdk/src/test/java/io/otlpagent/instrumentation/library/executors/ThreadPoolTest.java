package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadPoolTest extends ContextContract {

  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final List<ThreadPoolExecutor> others = new ArrayList<>();

  @AfterEach
  void endPools() {
    pool.shutdownNow();
    others.forEach(ThreadPoolExecutor::shutdownNow);
  }

  @Override
  Executor executor() {
    return pool;
  }

  @Test
  void submittedCallableRunsInTheSpan() throws Exception {
    AtomicReference<Future<Span>> result = new AtomicReference<>();

    Span request = inRequest("request", () -> result.set(pool.submit(Context::current)));

    assertThat(result.get().get(60, TimeUnit.SECONDS)).isSameAs(request);
  }

  @Test
  void invokeAllAndInvokeAnyRunInTheSpan() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    List<Callable<Object>> tasks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tasks.add(ContextContract::current);
    }

    Span request =
        inRequest(
            "request",
            () -> {
              try {
                for (Future<Object> future : pool.invokeAll(tasks)) {
                  seen.add(future.get());
                }
                seen.add(pool.invokeAny(tasks));
              } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(seen).hasSize(11).containsOnly(request);
  }

  @Test
  void cachedPoolHandsTasksOverInTheSpan() {
    ThreadPoolExecutor cached = pool(0, 8, new SynchronousQueue<>());
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    Span request =
        inRequest(
            "request",
            () -> {
              for (int i = 0; i < 20; i++) {
                CountDownLatch done = new CountDownLatch(1);
                cached.execute(
                    () -> {
                      seen.add(current());
                      done.countDown();
                    });
                await(done);
              }
            });

    assertThat(seen).hasSize(20).containsOnly(request);
  }

  @Test
  void queueHoldsTheTasksThemselves() {
    ThreadPoolExecutor busy = busyPool(new LinkedBlockingQueue<>());
    Runnable task = () -> {};

    inRequest("request", () -> busy.execute(task));

    assertThat(busy.getQueue()).containsExactly(task);
    assertThat(busy.getQueue().contains(task)).isTrue();
    assertThat(busy.getQueue().peek()).isSameAs(task);
  }

  @Test
  void removeFindsTheTask() {
    ThreadPoolExecutor busy = busyPool(new LinkedBlockingQueue<>());
    Runnable task = () -> {};

    inRequest("request", () -> busy.execute(task));

    assertThat(busy.remove(task)).isTrue();
    assertThat(busy.remove(task)).isFalse();
    assertThat(busy.getQueue()).isEmpty();
  }

  @Test
  void purgeRemovesCancelledTasks() {
    ThreadPoolExecutor busy = busyPool(new ArrayBlockingQueue<>(10));
    List<Future<?>> futures = new ArrayList<>();

    inRequest(
        "request",
        () -> {
          futures.add(busy.submit(() -> {}));
          futures.add(busy.submit(() -> {}));
        });
    futures.get(0).cancel(false);
    busy.purge();

    assertThat(busy.getQueue().toArray()).containsExactly(futures.get(1));
  }

  @Test
  void shutdownNowReturnsTheTasksThemselves() {
    ThreadPoolExecutor busy = busyPool(new LinkedBlockingQueue<>());
    Runnable plain = () -> {};
    List<Future<?>> futures = new ArrayList<>();

    inRequest(
        "request",
        () -> {
          busy.execute(plain);
          futures.add(busy.submit(() -> {}));
        });

    List<Runnable> drained = busy.shutdownNow();
    assertThat(drained).hasSize(2);
    assertThat(drained.get(0)).isSameAs(plain);
    assertThat((Object) drained.get(1)).isSameAs(futures.get(0));
  }

  @Test
  void rejectionHandlerGetsTheTaskItself() {
    List<Runnable> rejected = new ArrayList<>();
    ThreadPoolExecutor busy = busyPool(new SynchronousQueue<>());
    busy.setRejectedExecutionHandler((task, executor) -> rejected.add(task));
    Runnable task = () -> {};

    inRequest("request", () -> busy.execute(task));

    assertThat(rejected).hasSize(1);
    assertThat(rejected.get(0)).isSameAs(task);
  }

  @Test
  void rejectionIsTheSameExceptionAsWithoutSpan() {
    ThreadPoolExecutor busy = busyPool(new SynchronousQueue<>());
    Runnable task = new NamedTask();
    List<String> messages = new ArrayList<>();
    List<List<String>> frames = new ArrayList<>();

    for (boolean inSpan : new boolean[] {true, false}) {
      Runnable rejected =
          () -> {
            try {
              busy.execute(task);
            } catch (RejectedExecutionException e) {
              messages.add(e.getMessage());
              frames.add(jdkFrames(e));
            }
          };
      if (inSpan) {
        inRequest("request", rejected);
      } else {
        rejected.run();
      }
    }

    assertThat(messages).hasSize(2);
    assertThat(messages.get(0)).isEqualTo(messages.get(1)).contains("named task");
    assertThat(frames.get(0)).isEqualTo(frames.get(1));
  }

  @Test
  void callerRunsTheRejectedTaskInItsOwnSpan() {
    ThreadPoolExecutor busy = busyPool(new SynchronousQueue<>());
    busy.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
    List<Object> seen = new ArrayList<>();
    Runnable task = () -> seen.add(current());

    Span request = inRequest("request", () -> busy.execute(task));
    busy.execute(task);

    assertThat(seen).containsExactly(request, nothing());
  }

  @Test
  void rejectedTaskThatTheHandlerQueuesAgainKeepsItsSpan() {
    CountDownLatch release = new CountDownLatch(1);
    ThreadPoolExecutor busy = busyPool(new ArrayBlockingQueue<>(1), release);
    busy.setRejectedExecutionHandler(
        (task, executor) -> {
          executor.getQueue().poll();
          executor.getQueue().add(task);
        });
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<Object> seen = new AtomicReference<>();

    Span request =
        inRequest(
            "request",
            () -> {
              busy.execute(() -> {});
              busy.execute(
                  () -> {
                    seen.set(current());
                    done.countDown();
                  });
            });
    release.countDown();
    await(done);

    assertThat(seen.get()).isSameAs(request);
  }

  @Test
  void taskThatTheApplicationTookOutOfTheQueueLeavesNoSpanToItsNextRun() {
    CountDownLatch release = new CountDownLatch(1);
    ThreadPoolExecutor busy = busyPool(new LinkedBlockingQueue<>(), release);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(2);
    Runnable task =
        () -> {
          seen.add(current());
          done.countDown();
        };

    inRequest(
        "first",
        () -> {
          busy.execute(task);
          busy.getQueue().clear();
        });
    busy.execute(task);
    Span second = inRequest("second", () -> busy.execute(task));
    release.countDown();
    await(done);

    assertThat(seen).containsExactlyInAnyOrder(nothing(), second);
  }

  @Test
  void hooksGetTheTaskItselfAndSeeTheSpan() throws Exception {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    ThreadPoolExecutor hooked =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable task) {
            seen.add(task);
            seen.add(current());
          }

          @Override
          protected void afterExecute(Runnable task, Throwable thrown) {
            seen.add(task);
            seen.add(current());
          }
        };
    Runnable task = () -> {};

    Span request = inRequest("request", () -> hooked.execute(task));
    hooked.shutdown();

    assertThat(hooked.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsExactly(task, request, task, request);
  }

  @Test
  void priorityQueueComparesTheTasksThemselves() {
    CountDownLatch release = new CountDownLatch(1);
    ThreadPoolExecutor busy = busyPool(new PriorityBlockingQueue<>(), release);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(3);

    Span request =
        inRequest(
            "request",
            () -> {
              for (int rank : new int[] {3, 1, 2}) {
                busy.execute(new RankedTask(rank, seen, done));
              }
            });
    release.countDown();
    await(done);

    assertThat(seen).containsExactly(1, request, 2, request, 3, request);
  }

  @Test
  void futureTaskKeepsItsIdentityAndRunsInTheSpan() throws Exception {
    FutureTask<Object> task = new FutureTask<>(ContextContract::current);

    Span request = inRequest("request", () -> pool.execute(task));

    assertThat(task.get(60, TimeUnit.SECONDS)).isSameAs(request);
  }

  @Test
  void cancelledTaskDoesNotRun() {
    CountDownLatch release = new CountDownLatch(1);
    ThreadPoolExecutor busy = busyPool(new LinkedBlockingQueue<>(), release);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(1);

    inRequest("request", () -> busy.submit(() -> seen.add(current())).cancel(true));
    busy.execute(done::countDown);
    release.countDown();
    await(done);

    assertThat(seen).isEmpty();
  }

  @Test
  void exceptionOfTaskAndItsStackTraceAreTheSameAsWithoutSpan() throws Exception {
    Callable<Object> failing =
        () -> {
          throw new IllegalStateException("expected");
        };
    List<Future<Object>> futures = new ArrayList<>();

    inRequest("request", () -> futures.add(pool.submit(failing)));
    futures.add(pool.submit(failing));

    List<List<String>> traces = new ArrayList<>();
    for (Future<Object> future : futures) {
      assertThatThrownBy(future::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("expected")
          .satisfies(thrown -> traces.add(frames(thrown)));
    }
    assertThat(traces.get(0)).isEqualTo(traces.get(1));
  }

  @Test
  void uncaughtExceptionReachesTheHandlerUnchanged() {
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    ThreadPoolExecutor single = pool(1, 1, new LinkedBlockingQueue<>());
    single.setThreadFactory(
        task -> {
          Thread thread = new Thread(task);
          thread.setUncaughtExceptionHandler(
              (ignored, thrown) -> {
                uncaught.set(thrown);
                done.countDown();
              });
          return thread;
        });
    AtomicReference<Object> later = new AtomicReference<>();
    CountDownLatch ran = new CountDownLatch(1);

    inRequest(
        "request",
        () ->
            single.execute(
                () -> {
                  throw new IllegalStateException("expected");
                }));
    await(done);
    single.execute(
        () -> {
          later.set(current());
          ran.countDown();
        });
    await(ran);

    assertThat(uncaught.get()).isInstanceOf(IllegalStateException.class).hasMessage("expected");
    assertThat(frames(uncaught.get()))
        .noneMatch(frame -> frame.contains("otlpagent.instrumentation.library.executors.Pool"));
    assertThat(later.get()).isSameAs(nothing());
  }

  /** A pool of one thread that is busy until the end of the test. */
  private ThreadPoolExecutor busyPool(BlockingQueue<Runnable> queue) {
    return busyPool(queue, new CountDownLatch(1));
  }

  private ThreadPoolExecutor busyPool(BlockingQueue<Runnable> queue, CountDownLatch release) {
    ThreadPoolExecutor busy = pool(1, 1, queue);
    CountDownLatch started = new CountDownLatch(1);
    busy.execute(
        () -> {
          started.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    await(started);
    return busy;
  }

  private ThreadPoolExecutor pool(int core, int max, BlockingQueue<Runnable> queue) {
    ThreadPoolExecutor made = new ThreadPoolExecutor(core, max, 10, TimeUnit.SECONDS, queue);
    others.add(made);
    return made;
  }

  private static List<String> frames(Throwable thrown) {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      frames.add(frame.getClassName() + "." + frame.getMethodName());
    }
    return frames;
  }

  private static List<String> jdkFrames(Throwable thrown) {
    List<String> frames = frames(thrown);
    return frames.subList(
        0, frames.lastIndexOf("java.util.concurrent.ThreadPoolExecutor.execute") + 1);
  }

  private static final class NamedTask implements Runnable {

    @Override
    public void run() {}

    @Override
    public String toString() {
      return "named task";
    }
  }

  private static final class RankedTask implements Runnable, Comparable<RankedTask> {

    private final int rank;
    private final List<Object> seen;
    private final CountDownLatch done;

    RankedTask(int rank, List<Object> seen, CountDownLatch done) {
      this.rank = rank;
      this.seen = seen;
      this.done = done;
    }

    @Override
    public void run() {
      seen.addAll(Arrays.asList(rank, current()));
      done.countDown();
    }

    @Override
    public int compareTo(RankedTask other) {
      return Integer.compare(rank, other.rank);
    }
  }
}
