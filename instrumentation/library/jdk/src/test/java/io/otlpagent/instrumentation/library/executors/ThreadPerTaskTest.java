package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("java21")
class ThreadPerTaskTest extends ContextContract {

  private final ExecutorService virtual = newExecutor("newVirtualThreadPerTaskExecutor", null);

  @AfterEach
  void endExecutor() {
    if (virtual != null) {
      virtual.shutdownNow();
    }
  }

  @Override
  Executor executor() {
    return virtual;
  }

  @Test
  void submittedCallableRunsInTheSpan() throws Exception {
    AtomicReference<Future<Span>> result = new AtomicReference<>();

    Span request = inRequest("request", () -> result.set(virtual.submit(Context::current)));

    assertThat(result.get().get(60, TimeUnit.SECONDS)).isSameAs(request);
  }

  @Test
  void invokeAllRunsInTheSpan() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    List<Callable<Object>> tasks = Collections.nCopies(5, () -> seen.add(current()));

    Span request =
        inRequest(
            "request",
            () -> {
              try {
                virtual.invokeAll(tasks);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(seen).hasSize(5).containsOnly(request);
  }

  @Test
  void spanStaysWithTheVirtualThreadWhenItWaits() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    int tasks = 50;
    CountDownLatch waiting = new CountDownLatch(tasks);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(tasks);

    Span request =
        inRequest(
            "request",
            () -> {
              for (int i = 0; i < tasks; i++) {
                virtual.execute(
                    () -> {
                      waiting.countDown();
                      await(release);
                      LockSupport.parkNanos(1_000);
                      Thread.yield();
                      seen.add(current());
                      done.countDown();
                    });
              }
            });
    await(waiting);
    // Woken by a thread in another span, which must not rub off on them.
    inRequest("other", release::countDown);
    await(done);

    assertThat(seen).hasSize(tasks).containsOnly(request);
  }

  @Test
  void threadFactoryGetsNoTaskOfOurs() {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    ThreadFactory factory =
        task -> {
          seen.add(task.getClass().getName());
          return new Thread(task);
        };
    ExecutorService platform = newExecutor("newThreadPerTaskExecutor", factory);
    AtomicReference<Object> span = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);

    Span request =
        inRequest(
            "request",
            () ->
                platform.execute(
                    () -> {
                      span.set(current());
                      done.countDown();
                    }));
    await(done);
    platform.shutdownNow();

    assertThat(span.get()).isSameAs(request);
    assertThat(seen).hasSize(1).allMatch(name -> name.startsWith("java.util.concurrent."));
  }

  static ExecutorService newExecutor(String method, ThreadFactory factory) {
    try {
      return (ExecutorService)
          (factory == null
              ? Executors.class.getMethod(method).invoke(null)
              : Executors.class.getMethod(method, ThreadFactory.class).invoke(null, factory));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
