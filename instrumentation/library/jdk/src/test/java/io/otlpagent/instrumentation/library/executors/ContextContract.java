package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every way of running a task on another thread promises. */
abstract class ContextContract {

  private static final int SUBMITTERS = 4;
  private static final int ROUNDS = 300;

  /** Where the shared task, which captures nothing, writes the span that it ran in. */
  private static final Queue<Object> SEEN = new ConcurrentLinkedQueue<>();

  private static final Object NOTHING = new Object();
  private static volatile CountDownLatch left = new CountDownLatch(0);

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  /** The way to run a task, on threads that the test ends. */
  abstract Executor executor();

  /** How many tasks the executor runs at once, at the least. */
  int threads() {
    return 2;
  }

  @Test
  void currentSpanIsCurrentInTask() {
    AtomicReference<Span> seen = new AtomicReference<>();

    Span request = inRequest("request", () -> runAndWait(() -> seen.set(Context.current())));

    assertThat(seen.get()).isSameAs(request);
  }

  @Test
  void spanOfTaskIsChildOfTheSubmitters() {
    Span request = spans.inSpan("request", () -> runAndWait(() -> spans.inSpan("inner", () -> {})));

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(0).name()).isEqualTo("inner");
    assertThat(taken.get(0).parentSpanId()).isEqualTo(request.spanId());
    assertThat(taken.get(0).span().localRoot()).isSameAs(request);
  }

  @Test
  void taskSubmittedOutsideAnySpanRunsInNone() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    inRequest("request", () -> runAndWait(() -> {}));
    for (int i = 0; i < 8; i++) {
      runAndWait(() -> seen.add(current()));
    }

    assertThat(seen).hasSize(8).containsOnly(NOTHING);
  }

  @Test
  void spanDoesNotLeakIntoLaterTasks() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    // All threads are in a span at once, so that each has one to lose.
    CyclicBarrier all = new CyclicBarrier(threads());
    inRequest(
        "request",
        () -> {
          CountDownLatch done = new CountDownLatch(threads());
          for (int i = 0; i < threads(); i++) {
            executor().execute(() -> meet(all, done));
          }
          await(done);
        });
    CountDownLatch done = new CountDownLatch(threads());
    for (int i = 0; i < threads(); i++) {
      executor()
          .execute(
              () -> {
                seen.add(current());
                meet(all, done);
              });
    }
    await(done);

    assertThat(seen).hasSize(threads()).containsOnly(NOTHING);
  }

  @Test
  void submittersContextStaysAsItIs() {
    List<Object> seen = new ArrayList<>();

    Span request =
        inRequest(
            "request",
            () -> {
              runAndWait(() -> {});
              seen.add(current());
            });

    assertThat(seen).containsOnly(request);
    assertThat(Context.current()).isNull();
  }

  @Test
  void nestedSubmissionCarriesTheSpanOn() {
    AtomicReference<Span> seen = new AtomicReference<>();

    Span request =
        inRequest(
            "request",
            () -> {
              CountDownLatch done = new CountDownLatch(1);
              executor()
                  .execute(
                      () ->
                          executor()
                              .execute(
                                  () -> {
                                    seen.set(Context.current());
                                    done.countDown();
                                  }));
              await(done);
            });

    assertThat(seen.get()).isSameAs(request);
  }

  @Test
  void taskThatOutlivesItsRequestKeepsTheSpan() {
    AtomicReference<Span> seen = new AtomicReference<>();
    CountDownLatch requestEnded = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);

    Span request =
        inRequest(
            "request",
            () ->
                executor()
                    .execute(
                        () -> {
                          await(requestEnded);
                          seen.set(Context.current());
                          done.countDown();
                        }));
    requestEnded.countDown();
    await(done);

    assertThat(seen.get()).isSameAs(request);
  }

  @Test
  void oneSharedTaskRunsOnceInEachSpanThatItWasSubmittedIn() throws Exception {
    SEEN.clear();
    left = new CountDownLatch(SUBMITTERS * ROUNDS);
    Map<Object, Integer> expected = new ConcurrentHashMap<>();
    List<Thread> submitters = new ArrayList<>();
    for (int i = 0; i < SUBMITTERS; i++) {
      boolean inSpan = i > 0;
      submitters.add(new Thread(() -> submitShared(inSpan, expected)));
    }

    submitters.forEach(Thread::start);
    for (Thread submitter : submitters) {
      submitter.join();
    }
    await(left);

    Map<Object, Integer> seen = new HashMap<>();
    SEEN.forEach(span -> seen.merge(span, 1, Integer::sum));
    assertThat(seen).hasSize(SUBMITTERS).isEqualTo(expected);
    spans.take(SUBMITTERS - 1);
  }

  private void submitShared(boolean inSpan, Map<Object, Integer> expected) {
    Runnable submissions =
        () -> {
          expected.put(current(), ROUNDS);
          for (int i = 0; i < ROUNDS; i++) {
            executor()
                .execute(
                    () -> {
                      SEEN.add(current());
                      left.countDown();
                    });
          }
        };
    if (inSpan) {
      spans.inSpan("request", submissions);
    } else {
      submissions.run();
    }
  }

  /** A request whose span is taken; for tests that look at the context only. */
  final Span inRequest(String name, Runnable body) {
    Span span = spans.inSpan(name, body);
    spans.takeOne();
    return span;
  }

  final void runAndWait(Runnable task) {
    CountDownLatch done = new CountDownLatch(1);
    executor()
        .execute(
            () -> {
              task.run();
              done.countDown();
            });
    await(done);
  }

  static Object current() {
    Span span = Context.current();
    return span == null ? NOTHING : span;
  }

  static Object nothing() {
    return NOTHING;
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("task ran").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void meet(CyclicBarrier barrier, CountDownLatch done) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    } finally {
      done.countDown();
    }
  }
}
