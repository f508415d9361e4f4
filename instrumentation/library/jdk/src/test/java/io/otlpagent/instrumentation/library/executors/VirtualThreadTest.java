package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Virtual threads that are started directly, and threads that take no span with them. */
@Tag("java21")
class VirtualThreadTest extends ContextContract {

  private final CountDownLatch ran = new CountDownLatch(1);
  private final AtomicReference<Object> seen = new AtomicReference<>();

  @Override
  Executor executor() {
    return VirtualThreads::started;
  }

  @Test
  void threadOfABuilderStartsInTheSpan() {
    Span request = inRequest("request", () -> VirtualThreads.startedByBuilder(this::look));

    assertThat(looked()).isSameAs(request);
  }

  @Test
  void threadOfAFactoryStartsInTheSpan() {
    Span request =
        inRequest("request", () -> VirtualThreads.factory().newThread(this::look).start());

    assertThat(looked()).isSameAs(request);
  }

  @Test
  void theSpanIsThatOfTheStartNotOfTheCreation() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    inRequest("creator", () -> thread.set(VirtualThreads.unstarted(this::look)));

    Span starter = inRequest("starter", () -> thread.get().start());

    assertThat(looked()).isSameAs(starter);
  }

  @Test
  void threadThatRunsAlreadyKeepsWhatItHas() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread thread =
        VirtualThreads.started(
            () -> {
              running.countDown();
              await(release);
              look();
            });
    await(running);

    inRequest(
        "request",
        () -> assertThatThrownBy(thread::start).isInstanceOf(IllegalThreadStateException.class));
    release.countDown();

    assertThat(looked()).isSameAs(nothing());
    thread.join();
  }

  @Test
  void factoryThatStartsItsThreadsGivesThemNoSpan() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Executor executor =
        ThreadPerTaskTest.newExecutor(
            "newThreadPerTaskExecutor",
            task -> {
              Thread thread =
                  VirtualThreads.unstarted(
                      () -> {
                        running.countDown();
                        await(release);
                        task.run();
                      });
              // Outside the request: the lie is the factory's.
              startElsewhere(thread);
              await(running);
              return thread;
            });

    inRequest(
        "request",
        () ->
            assertThatThrownBy(() -> executor.execute(this::look))
                .isInstanceOf(IllegalThreadStateException.class));
    release.countDown();

    assertThat(looked()).isSameAs(nothing());
  }

  @Test
  void startedPlatformThreadIsInNoSpan() {
    inRequest("request", () -> new Thread(this::look).start());

    assertThat(looked()).isSameAs(nothing());
  }

  @Test
  void virtualWorkersOfAPoolBelongToNoRequest() {
    ThreadPoolExecutor pool =
        (ThreadPoolExecutor) Executors.newFixedThreadPool(1, VirtualThreads.factory());

    // The worker starts without a task, so that nothing it gets with one hides what it began with.
    inRequest("request", pool::prestartAllCoreThreads);
    pool.execute(this::look);

    assertThat(looked()).isSameAs(nothing());
    pool.shutdown();
  }

  @Test
  void workersOfAForkJoinPoolKeepNoRequest() {
    ForkJoinPool pool = new ForkJoinPool(1);
    List<WeakReference<Span>> requests = new ArrayList<>();

    requests.add(new WeakReference<>(inRequest("request", () -> pool.submit(() -> {}).join())));

    awaitCollected(requests);
    pool.shutdown();
  }

  @Test
  void virtualWorkerThatStartsWithATaskLeavesItsSpan() {
    ThreadPoolExecutor pool =
        (ThreadPoolExecutor) Executors.newFixedThreadPool(1, VirtualThreads.factory());
    CountDownLatch first = new CountDownLatch(1);
    AtomicReference<Object> inTask = new AtomicReference<>();

    Span request =
        inRequest(
            "request",
            () ->
                pool.execute(
                    () -> {
                      inTask.set(current());
                      first.countDown();
                    }));
    await(first);
    pool.execute(this::look);

    assertThat(inTask.get()).isSameAs(request);
    assertThat(looked()).isSameAs(nothing());
    pool.shutdown();
  }

  @Test
  void periodicTaskOfVirtualThreadsIsInNoSpan() {
    ScheduledExecutorService scheduler =
        Executors.newScheduledThreadPool(1, VirtualThreads.factory());

    inRequest(
        "request", () -> scheduler.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.MILLISECONDS));

    assertThat(looked()).isSameAs(nothing());
    scheduler.shutdownNow();
  }

  @Test
  void threadThatIsNeverStartedHoldsNoSpan() {
    List<Thread> threads = new ArrayList<>();
    List<WeakReference<Span>> requests = new ArrayList<>();

    for (int i = 0; i < 100; i++) {
      requests.add(
          new WeakReference<>(
              inRequest("request", () -> threads.add(VirtualThreads.unstarted(() -> {})))));
    }

    awaitCollected(requests);
    assertThat(threads).hasSize(100);
  }

  @Test
  void threadThatHasEndedHoldsNoSpan() {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    List<WeakReference<Span>> requests = new ArrayList<>();

    for (int i = 0; i < 100; i++) {
      requests.add(
          new WeakReference<>(
              inRequest("request", () -> threads.add(VirtualThreads.started(() -> {})))));
    }
    threads.forEach(VirtualThreadTest::join);

    awaitCollected(requests);
    assertThat(threads).hasSize(100);
  }

  @Test
  void theJdksOwnVirtualThreadsKeepNoRequest() throws Exception {
    List<WeakReference<Span>> requests = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 20; i++) {
        requests.add(new WeakReference<>(inRequest("request", () -> waitForAByte(server))));
      }
    }

    awaitCollected(requests);
  }

  /** Reads on a virtual thread, until the JDK's poller has woken it. */
  private static void waitForAByte(ServerSocket server) {
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      Thread reader = VirtualThreads.started(() -> read(accepted));
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isWaiting(reader));
      client.getOutputStream().write(1);
      join(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static void read(Socket socket) {
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothingIsInheritedWhileTheHandOverIsOff() {
    InstrumentationScope executors = InstrumentationScope.of("executors");
    executors.enable(false);
    try {
      inRequest("request", () -> VirtualThreads.started(this::look));

      assertThat(looked()).isSameAs(nothing());
    } finally {
      executors.enable(true);
    }
  }

  private void look() {
    seen.set(current());
    ran.countDown();
  }

  private Object looked() {
    await(ran);
    return seen.get();
  }

  private static void startElsewhere(Thread thread) {
    Span here = (Span) Context.swap(null);
    thread.start();
    Context.swap(here);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitCollected(List<WeakReference<Span>> requests) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc();
              return requests.stream().allMatch(request -> request.get() == null);
            });
  }
}
