import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tasks that are refused, discarded and cancelled by the hundred thousand, inside a statement: they
 * take no memory but their own, which the program has reserved.
 */
public class RejectsTasks {
  private static final int TASKS = 300_000;
  private static final Object[] KEPT = new Object[TASKS];

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < TASKS; i++) {
      KEPT[i] = new Task();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:tasks");
        Statement statement = connection.createStatement()) {
      statement.execute("create alias aborts for 'RejectsTasks.aborts'");
      statement.execute("create alias discards for 'RejectsTasks.discards'");
      statement.execute("create alias runs for 'RejectsTasks.runs'");
      statement.execute("create alias ignores for 'RejectsTasks.ignores'");
      statement.execute("create alias cancels for 'RejectsTasks.cancels'");
      for (String name : new String[] {"aborts", "discards", "runs", "ignores", "cancels"}) {
        long before = used();
        statement.execute("call " + name + "()");
        System.out.println(name + " in bounds: " + (used() - before < 8_000_000));
      }
    }
    System.out.println(KEPT.length);
  }

  public static void aborts() throws Exception {
    submit(new ThreadPoolExecutor.AbortPolicy());
  }

  public static void discards() throws Exception {
    submit(new ThreadPoolExecutor.DiscardPolicy());
  }

  public static void runs() throws Exception {
    submit(new ThreadPoolExecutor.CallerRunsPolicy());
  }

  public static void ignores() throws Exception {
    submit((task, executor) -> {});
  }

  public static void cancels() throws Exception {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    timer.setRemoveOnCancelPolicy(true);
    int cancelled = 0;
    for (Object task : KEPT) {
      if (timer.schedule((Runnable) task, 1, TimeUnit.HOURS).cancel(false)) {
        cancelled++;
      }
    }
    System.out.println(cancelled + " cancelled, " + timer.getQueue().size() + " wait");
    timer.shutdownNow();
  }

  private static void submit(RejectedExecutionHandler handler) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ThreadPoolExecutor busy =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), handler);
    busy.execute(
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            System.out.println(e);
          }
        });
    int refused = 0;
    for (Object task : KEPT) {
      try {
        busy.execute((Runnable) task);
      } catch (RejectedExecutionException e) {
        refused++;
      }
    }
    System.out.println(refused + " refused");
    release.countDown();
    busy.shutdown();
    System.out.println("ended " + busy.awaitTermination(60, TimeUnit.SECONDS));
    CompletableFuture<Void> late = null;
    try {
      late = CompletableFuture.runAsync((Runnable) KEPT[0], busy);
    } catch (RejectedExecutionException e) {
      System.out.println("late");
    }
    System.out.println(late != null);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  static class Task implements Runnable {
    @Override
    public void run() {}
  }
}
