import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints whole stack traces: a task must not run inside a frame of somebody else. */
public class ThrowsInExecutors {
  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    print(() -> pool.submit(ThrowsInExecutors::fail).get());
    pool.shutdown();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    print(() -> timer.schedule(ThrowsInExecutors::fail, 1, TimeUnit.MILLISECONDS).get());
    timer.shutdown();
    ForkJoinPool forkJoin = new ForkJoinPool(1);
    print(() -> forkJoin.submit(ThrowsInExecutors::fail).get());
    forkJoin.shutdown();
    print(() -> CompletableFuture.runAsync(ThrowsInExecutors::fail).get());
    Thread thread = new Thread(ThrowsInExecutors::fail, "plain");
    thread.start();
    thread.join();
    ExecutorService uncaught = Executors.newSingleThreadExecutor(task -> new Thread(task, "pool"));
    uncaught.execute(ThrowsInExecutors::fail);
    uncaught.shutdown();
    uncaught.awaitTermination(60, TimeUnit.SECONDS);
  }

  interface Task {
    void run() throws Exception;
  }

  private static void print(Task task) throws Exception {
    try {
      task.run();
    } catch (ExecutionException e) {
      e.printStackTrace();
    }
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }
}
