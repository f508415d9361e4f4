package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.trace.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.JRE;

/** The contract with the default executor, and every kind of stage. */
class CompletableFutureTest extends ContextContract {

  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  @AfterEach
  void endPool() {
    pool.shutdownNow();
  }

  @Override
  Executor executor() {
    return CompletableFuture::runAsync;
  }

  /** Up to Java 24 a common pool of one thread is not used: each task has a thread of its own. */
  @Override
  int threads() {
    return JRE.currentJre().compareTo(JRE.JAVA_25) < 0
        ? 2
        : Math.min(2, ForkJoinPool.getCommonPoolParallelism());
  }

  @Test
  void supplyAsyncRunsInTheSpanOnEveryExecutor() {
    List<Object> seen = new ArrayList<>();
    Executor threads = task -> new Thread(task).start();

    Span request =
        inRequest(
            "request",
            () -> {
              seen.add(CompletableFuture.supplyAsync(ContextContract::current).join());
              seen.add(CompletableFuture.supplyAsync(ContextContract::current, pool).join());
              seen.add(CompletableFuture.supplyAsync(ContextContract::current, threads).join());
              seen.add(
                  CompletableFuture.supplyAsync(ContextContract::current, Runnable::run).join());
            });

    assertThat(seen).hasSize(4).containsOnly(request);
  }

  @Test
  void stagesRunInTheSpanOfTheirRegistrationWhoeverCompletesThem() {
    assertEveryStageSees(future -> inRequest("other", () -> completeOnOtherThread(future)));
    assertEveryStageSees(future -> inRequest("other", () -> future.complete("value")));
    assertEveryStageSees(future -> future.complete("value"));
  }

  /** Registers every kind of stage in one span, completes their source and looks what they saw. */
  private void assertEveryStageSees(Function<CompletableFuture<String>, ?> completion) {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<String> other = CompletableFuture.completedFuture("other");
    List<CompletableFuture<?>> stages = new ArrayList<>();

    Span request =
        inRequest(
            "request",
            () -> {
              stages.add(source.thenApply(value -> seen.add(current())));
              stages.add(source.thenAccept(value -> seen.add(current())));
              stages.add(source.thenRun(() -> seen.add(current())));
              stages.add(source.whenComplete((value, thrown) -> seen.add(current())));
              stages.add(source.handle((value, thrown) -> seen.add(current())));
              stages.add(
                  source.thenCompose(
                      value -> CompletableFuture.completedFuture(seen.add(current()))));
              stages.add(source.thenCombine(other, (a, b) -> seen.add(current())));
              stages.add(source.thenAcceptBoth(other, (a, b) -> seen.add(current())));
              stages.add(source.runAfterBoth(other, () -> seen.add(current())));
              CompletableFuture<String> never = new CompletableFuture<>();
              stages.add(source.applyToEither(never, value -> seen.add(current())));
              stages.add(source.acceptEither(never, value -> seen.add(current())));
              stages.add(source.runAfterEither(never, () -> seen.add(current())));
              stages.add(source.thenApplyAsync(value -> seen.add(current())));
              stages.add(source.thenApplyAsync(value -> seen.add(current()), pool));
              stages.add(source.thenComposeAsync(value -> source, pool));
              stages.add(source.thenRunAsync(() -> seen.add(current()), Runnable::run));
            });
    completion.apply(source);
    stages.forEach(CompletableFuture::join);

    assertThat(seen).hasSize(15).containsOnly(request);
  }

  @Test
  void stagesOfFailedFutureRunInTheSpan() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Object> source = new CompletableFuture<>();
    List<CompletableFuture<?>> stages = new ArrayList<>();

    Span request =
        inRequest(
            "request",
            () -> {
              stages.add(source.exceptionally(thrown -> seen.add(current())));
              stages.add(source.handle((value, thrown) -> seen.add(current())));
              stages.add(source.exceptionallyAsync(thrown -> seen.add(current()), pool));
              stages.add(
                  source.exceptionallyCompose(
                      thrown -> CompletableFuture.completedFuture(seen.add(current()))));
            });
    source.completeExceptionally(new IllegalStateException("expected"));
    stages.forEach(CompletableFuture::join);

    assertThat(seen).hasSize(4).containsOnly(request);
  }

  @Test
  void stagesOfCompletedFutureRunInTheSpan() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<String> source = CompletableFuture.completedFuture("value");

    Span request =
        inRequest(
            "request",
            () -> {
              source.thenRun(() -> seen.add(current()));
              source.thenRunAsync(() -> seen.add(current())).join();
              source.thenRunAsync(() -> seen.add(current()), pool).join();
            });

    assertThat(seen).hasSize(3).containsOnly(request);
  }

  @Test
  void eachStageOfOneFutureHasItsOwnSpan() {
    List<Object> seen = new ArrayList<>();
    CompletableFuture<String> source = new CompletableFuture<>();

    Span first = inRequest("first", () -> source.thenRun(() -> seen.add(current())));
    source.thenRun(() -> seen.add(current()));
    Span second = inRequest("second", () -> source.thenRun(() -> seen.add(current())));
    source.complete("value");

    assertThat(seen).containsExactlyInAnyOrder(first, nothing(), second);
    assertThat(current()).isSameAs(nothing());
  }

  @Test
  void stageRegisteredOutsideAnySpanRunsInNoneThoughItIsCompletedInOne() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<String> source = new CompletableFuture<>();
    source.thenRun(() -> seen.add(current()));
    CompletableFuture<?> onPool = source.thenRunAsync(() -> seen.add(current()), pool);
    CompletableFuture<?> onDefault = source.thenRunAsync(() -> seen.add(current()));

    List<Object> completer = new ArrayList<>();
    Span request =
        inRequest(
            "request",
            () -> {
              source.complete("value");
              completer.add(current());
            });
    onPool.join();
    onDefault.join();

    assertThat(completer).containsExactly(request);
    assertThat(seen).hasSize(3).containsOnly(nothing());
  }

  @Test
  void chainContinuesInTheSpanAcrossThreads() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<String> source = new CompletableFuture<>();
    List<CompletableFuture<?>> end = new ArrayList<>();

    Span request =
        inRequest(
            "request",
            () ->
                end.add(
                    CompletableFuture.allOf(
                            source.thenApplyAsync(value -> seen.add(current()), pool),
                            CompletableFuture.supplyAsync(() -> seen.add(current())))
                        .thenCompose(
                            ignored ->
                                CompletableFuture.supplyAsync(() -> seen.add(current()), pool))
                        .whenComplete((value, thrown) -> seen.add(current()))));
    completeOnOtherThread(source);
    end.get(0).join();

    assertThat(seen).hasSize(4).containsOnly(request);
  }

  @Test
  void longChainsDoNotNest() {
    CompletableFuture<Integer> source = new CompletableFuture<>();
    List<CompletableFuture<Integer>> last = new ArrayList<>();

    inRequest(
        "request",
        () -> {
          CompletableFuture<Integer> stage = source;
          for (int i = 0; i < 100_000; i++) {
            stage = stage.thenApply(n -> n + 1);
          }
          last.add(stage);
        });
    source.complete(0);

    assertThat(last.get(0).join()).isEqualTo(100_000);
  }

  @Test
  void delayedExecutorRunsInTheSpan() throws Exception {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(2);
    Executor delayed = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, pool);

    Span request =
        inRequest(
            "request",
            () -> {
              delayed.execute(
                  () -> {
                    seen.add(current());
                    done.countDown();
                  });
              CompletableFuture.runAsync(
                  () -> {
                    seen.add(current());
                    done.countDown();
                  },
                  delayed);
            });
    await(done);

    assertThat(seen).hasSize(2).containsOnly(request);
  }

  @Test
  void timeoutCompletesTheStagesInTheirSpan() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<?>> stages = new ArrayList<>();

    Span request =
        inRequest(
            "request",
            () ->
                stages.add(
                    new CompletableFuture<>()
                        .orTimeout(1, TimeUnit.MILLISECONDS)
                        .handle((value, thrown) -> seen.add(current()))));
    stages.get(0).join();

    assertThat(seen).containsExactly(request);
  }

  @Test
  void exceptionOfStageIsTheSameAsWithoutSpan() {
    List<List<String>> traces = new ArrayList<>();
    for (boolean inSpan : new boolean[] {true, false}) {
      // Two sources: a thread that runs one stage may fire the next of the same source.
      CompletableFuture<String> one = new CompletableFuture<>();
      CompletableFuture<String> other = new CompletableFuture<>();
      List<CompletableFuture<?>> stages = new ArrayList<>();
      Runnable register =
          () -> {
            stages.add(one.thenRun(CompletableFutureTest::fail));
            stages.add(other.thenRunAsync(CompletableFutureTest::fail, pool));
          };
      if (inSpan) {
        inRequest("request", register);
      } else {
        register.run();
      }
      one.complete("value");
      other.complete("value");
      stages.forEach(stage -> assertThatThrownBy(stage::join).satisfies(e -> add(traces, e)));
    }

    assertThat(traces).hasSize(4);
    assertThat(traces.get(0)).isEqualTo(traces.get(2));
    assertThat(traces.get(1)).isEqualTo(traces.get(3));
  }

  private static void add(List<List<String>> traces, Throwable thrown) {
    assertThat(thrown)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : thrown.getCause().getStackTrace()) {
      frames.add(frame.getClassName() + "." + frame.getMethodName());
    }
    traces.add(frames);
  }

  private static void completeOnOtherThread(CompletableFuture<String> future) {
    Thread thread = new Thread(() -> future.complete("value"));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fail() {
    throw new IllegalStateException("expected");
  }
}
