package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thousands of tasks of many requests, handed over in every way at once, on few threads. */
class MixedTasksTest {

  private static final int SUBMITTERS = 3;
  private static final int REQUESTS = 1_000;

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final Map<Integer, Span> requests = new ConcurrentHashMap<>();
  private final Set<String> misplaced = ConcurrentHashMap.newKeySet();
  private final AtomicInteger tasks = new AtomicInteger();

  /** One party for each task that has not run, and one for the test. */
  private final Phaser running = new Phaser(1);

  private final List<ExecutorService> pools = new ArrayList<>();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

  @AfterEach
  void endExecutors() {
    pools.forEach(ExecutorService::shutdownNow);
    scheduler.shutdownNow();
  }

  @Test
  void eachTaskOfPlatformThreadsIsInItsRequest() throws Exception {
    pools.add(Executors.newFixedThreadPool(2));
    pools.add(new ForkJoinPool(2));

    check(Executors.defaultThreadFactory());
  }

  @Test
  @Tag("java21")
  void eachTaskOfVirtualThreadsIsInItsRequest() throws Exception {
    pools.add(Executors.newFixedThreadPool(2, VirtualThreads.factory()));
    pools.add(ThreadPerTaskTest.newExecutor("newVirtualThreadPerTaskExecutor", null));
    pools.add(new ForkJoinPool(2));

    check(VirtualThreads.factory());
  }

  private void check(ThreadFactory factory) throws Exception {
    List<Thread> submitters = new ArrayList<>();
    for (int i = 0; i < SUBMITTERS; i++) {
      int first = i * REQUESTS;
      submitters.add(factory.newThread(() -> submitRequests(first)));
    }

    submitters.forEach(Thread::start);
    for (Thread submitter : submitters) {
      submitter.join();
    }
    running.awaitAdvanceInterruptibly(running.arrive(), 60, TimeUnit.SECONDS);

    assertThat(misplaced).isEmpty();
    assertThat(requests).hasSize(SUBMITTERS * REQUESTS);
    assertEachIsChildOfItsRequest(spans.take(SUBMITTERS * REQUESTS + tasks.get()));
  }

  private void assertEachIsChildOfItsRequest(List<RecordedSpan> recorded) {
    assertThat(recorded)
        .allSatisfy(
            span -> {
              String[] name = span.name().split(" ", -1);
              long request = requests.get(Integer.parseInt(name[1])).spanId();
              assertThat(name[0].equals("task") ? span.parentSpanId() : span.spanId())
                  .isEqualTo(request);
            });
  }

  private void submitRequests(int first) {
    for (int i = first; i < first + REQUESTS; i++) {
      int id = i;
      spans.inSpan("request " + id, () -> submitTasks(id));
      pools.get(id % pools.size()).execute(outside("worker"));
      outside("submitter").run();
    }
  }

  /** Two or three tasks of a request. */
  private void submitTasks(int id) {
    requests.put(id, Context.current());
    ExecutorService pool = pools.get(id % pools.size());
    switch (id % 7) {
      case 0 -> pool.submit(task(id));
      case 1 -> CompletableFuture.runAsync(task(id), pool).thenRunAsync(task(id));
      case 2 -> {
        Runnable nested = task(id);
        pool.execute(() -> pool.execute(nested));
      }
      case 3 -> {
        CompletableFuture<Void> source = new CompletableFuture<>();
        source.thenRun(task(id));
        pool.execute(() -> source.complete(null));
      }
      case 4 -> pool.submit(() -> {}).cancel(false);
      case 5 -> scheduler.scheduleAtFixedRate(outside("period"), 0, 1, TimeUnit.HOURS);
      default -> scheduler.schedule(task(id), 1, TimeUnit.MILLISECONDS);
    }
    pool.execute(task(id));
  }

  /** A task that looks where it is, and makes a span there. */
  private Runnable task(int id) {
    return new Runnable() {
      {
        running.register();
      }

      @Override
      public void run() {
        if (Context.current() != requests.get(id)) {
          misplaced.add("task of " + id);
        }
        tasks.incrementAndGet();
        spans.inSpan("task " + id, () -> {});
        running.arriveAndDeregister();
      }
    };
  }

  private Runnable outside(String name) {
    running.register();
    return () -> {
      if (Context.current() != null) {
        misplaced.add(name);
      }
      running.arriveAndDeregister();
    };
  }
}
