package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.trace.Span;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ForkJoinPoolTest extends ContextContract {

  private final ForkJoinPool pool = new ForkJoinPool(2);

  @AfterEach
  void endPool() {
    pool.shutdownNow();
  }

  @Override
  Executor executor() {
    return pool;
  }

  @Test
  void everyWayToSubmitCarriesTheSpan() {
    Collection<Object> seen = new ConcurrentLinkedQueue<>();
    Callable<Object> task = () -> seen.add(current());
    Runnable runnable = () -> seen.add(current());

    Span request =
        inRequest(
            "request",
            () -> {
              pool.submit(task).join();
              pool.submit(runnable).join();
              pool.submit(runnable, "result").join();
              pool.submit(ForkJoinTask.adapt(task)).join();
              pool.invoke(ForkJoinTask.adapt(task));
              pool.execute(ForkJoinTask.adapt(task));
              pool.awaitQuiescence(60, TimeUnit.SECONDS);
              pool.invokeAll(Arrays.asList(task, task));
              try {
                pool.invokeAny(Collections.singletonList(task));
              } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(seen).hasSize(9).containsOnly(request);
  }

  @Test
  void recursiveTasksRunInTheSpan() {
    ConcurrentHashMap<Object, Integer> seen = new ConcurrentHashMap<>();
    List<Long> result = new ArrayList<>();

    Span request = inRequest("request", () -> result.add(pool.invoke(new Fibonacci(16, seen))));

    assertThat(result).containsExactly(987L);
    assertThat(seen).containsOnlyKeys(request);
  }

  @Test
  void twoRequestsDoNotMixInOnePool() throws Exception {
    List<Thread> requests = new ArrayList<>();
    List<Object> wrong = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      requests.add(
          new Thread(
              () -> {
                ConcurrentHashMap<Object, Integer> seen = new ConcurrentHashMap<>();
                Span request =
                    spans.inSpan(
                        "request",
                        () -> {
                          for (int n = 0; n < 20; n++) {
                            pool.invoke(new Fibonacci(10, seen));
                          }
                        });
                seen.remove(request);
                wrong.addAll(seen.keySet());
              }));
    }

    requests.forEach(Thread::start);
    for (Thread request : requests) {
      request.join();
    }

    assertThat(wrong).isEmpty();
    spans.take(4);
  }

  @Test
  void parallelStreamRunsInTheSpan() {
    ConcurrentHashMap<Object, Integer> seen = new ConcurrentHashMap<>();
    List<Integer> result = new ArrayList<>();

    Span request =
        inRequest(
            "request",
            () ->
                result.add(
                    IntStream.range(0, 10_000)
                        .parallel()
                        .map(
                            i -> {
                              seen.merge(current(), 1, Integer::sum);
                              return i % 10;
                            })
                        .sum()));

    assertThat(result).containsExactly(45_000);
    assertThat(seen).containsOnlyKeys(request).containsEntry(request, 10_000);
  }

  @Test
  void parallelStreamOutsideAnySpanRunsInNone() {
    ConcurrentHashMap<Object, Integer> seen = new ConcurrentHashMap<>();

    inRequest("request", () -> pool.submit(() -> {}).join());
    IntStream.range(0, 1_000).parallel().forEach(i -> seen.merge(current(), 1, Integer::sum));

    assertThat(seen).containsOnlyKeys(nothing());
  }

  @Test
  void workerThatHelpsLendsItsSpanToNoTaskFromOutside() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    inRequest("former", () -> pool.submit(() -> {}).join());
    ForkJoinTask<Span> outside =
        pool.submit(
            () -> {
              ForkJoinTask<?> helped = ForkJoinTask.adapt(() -> seen.add(current())).fork();
              return spans.inSpan(
                  "request",
                  () -> {
                    ForkJoinTask.helpQuiesce();
                    helped.join();
                    seen.add(current());
                  });
            });
    Span request = outside.join();
    spans.takeOne();

    assertThat(seen).containsExactly(nothing(), request);
  }

  @Test
  void everyWayToInvokeOnTheSpotKeepsTheSpan() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    Supplier<ForkJoinTask<?>> task = () -> ForkJoinTask.adapt(() -> seen.add(current()));

    Span request =
        inRequest(
            "request",
            () -> {
              task.get().invoke();
              task.get().quietlyInvoke();
              ForkJoinTask.invokeAll(task.get(), task.get());
              ForkJoinTask.invokeAll(task.get(), task.get(), task.get());
              ForkJoinTask.invokeAll(Arrays.asList(task.get(), task.get()));
              ForkJoinTask.invokeAll(new LinkedList<>(Arrays.asList(task.get(), task.get())));
              pool.submit(() -> ForkJoinTask.invokeAll(task.get(), task.get())).join();
              pool.submit(() -> task.get().invoke()).join();
              ForkJoinTask<?> unforked = task.get().fork();
              if (unforked.tryUnfork()) {
                unforked.invoke();
              }
              unforked.join();
            });

    assertThat(seen).hasSize(15).containsOnly(request);
  }

  @Test
  void listOfTheApplicationIsAskedAsOftenAsWithoutSpan() {
    Counting outside = new Counting();
    Counting inside = new Counting();

    ForkJoinTask.invokeAll(outside);
    inRequest("request", () -> ForkJoinTask.invokeAll(inside));

    assertThat(inside.asked.get()).isEqualTo(outside.asked.get());
  }

  /** Makes its only task as it is asked for it. */
  private static final class Counting extends AbstractList<ForkJoinTask<?>>
      implements RandomAccess {

    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public ForkJoinTask<?> get(int index) {
      asked.incrementAndGet();
      return ForkJoinTask.adapt(() -> {});
    }

    @Override
    public int size() {
      return 1;
    }
  }

  @Test
  void exceptionIsTheSameAsWithoutSpan() {
    ForkJoinTask<?> inSpan = ForkJoinTask.adapt(ForkJoinPoolTest::fail);
    ForkJoinTask<?> outside = ForkJoinTask.adapt(ForkJoinPoolTest::fail);

    inRequest("request", () -> pool.execute(inSpan));
    pool.execute(outside);
    inSpan.quietlyJoin();
    outside.quietlyJoin();

    List<List<String>> traces = new ArrayList<>();
    for (ForkJoinTask<?> task : Arrays.asList(inSpan, outside)) {
      assertThatThrownBy(task::join).isInstanceOf(IllegalStateException.class);
      List<String> frames = new ArrayList<>();
      for (StackTraceElement frame : root(task.getException()).getStackTrace()) {
        String method = frame.getClassName() + "." + frame.getMethodName();
        // How a worker came upon the task is chance.
        if (!method.startsWith("java.util.concurrent.ForkJoinPool")) {
          frames.add(method);
        }
      }
      traces.add(frames);
    }
    assertThat(traces.get(0)).isEqualTo(traces.get(1)).isNotEmpty();
  }

  @Test
  void cancelledTaskDoesNotRunAndLeaksNothing() {
    ForkJoinPool single = new ForkJoinPool(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    single.execute(() -> await(release));

    inRequest("request", () -> single.submit(() -> seen.add("cancelled")).cancel(true));
    Future<?> last = single.submit(() -> seen.add(current()));
    release.countDown();
    single.awaitQuiescence(60, TimeUnit.SECONDS);
    single.shutdownNow();

    assertThat(last).isDone();
    assertThat(seen).containsExactly(nothing());
  }

  @Test
  @Tag("java25")
  void delayedTaskOfForkJoinPoolRunsInTheSpanAndPeriodicTasksInNone() {
    ScheduledExecutorService scheduler = (ScheduledExecutorService) (ExecutorService) pool;
    AtomicReference<Object> once = new AtomicReference<>();
    List<Object> often = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ran = new CountDownLatch(4);

    Span request =
        inRequest(
            "request",
            () -> {
              scheduler.schedule(
                  () -> {
                    once.set(current());
                    ran.countDown();
                  },
                  1,
                  TimeUnit.MILLISECONDS);
              scheduler.scheduleAtFixedRate(
                  () -> {
                    often.add(current());
                    ran.countDown();
                  },
                  0,
                  1,
                  TimeUnit.MILLISECONDS);
            });
    await(ran);
    pool.shutdownNow();

    assertThat(once.get()).isSameAs(request);
    assertThat(new ArrayList<>(often)).containsOnly(nothing());
  }

  private static void fail() {
    throw new IllegalStateException("expected");
  }

  /** A joining thread throws a copy of the exception, with the original as cause. */
  private static Throwable root(Throwable thrown) {
    return thrown.getCause() == null ? thrown : root(thrown.getCause());
  }

  private static final class Fibonacci extends RecursiveTask<Long> {

    private final int n;
    private final ConcurrentHashMap<Object, Integer> seen;

    Fibonacci(int n, ConcurrentHashMap<Object, Integer> seen) {
      this.n = n;
      this.seen = seen;
    }

    @Override
    protected Long compute() {
      seen.merge(current(), 1, Integer::sum);
      if (n < 2) {
        return (long) n;
      }
      Fibonacci left = new Fibonacci(n - 1, seen);
      left.fork();
      long right = new Fibonacci(n - 2, seen).invoke();
      return left.join() + right;
    }
  }
}
