import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A statement of the database runs a method of the program, which hands tasks over in every way
 * that the JDK's pools know; each task makes a request whose path is the way. Then the same once
 * more outside any statement.
 */
public class SubmitsTasks {
  private static int port;

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = {'o', 'k'};
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    port = server.getAddress().getPort();
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:tasks");
        Statement statement = connection.createStatement()) {
      statement.execute("create alias submits for \"SubmitsTasks.submits\"");
      statement.execute("call submits('in')");
    }
    submits("out");
    server.stop(0);
    System.out.println("done");
  }

  public static void submits(String where) throws Exception {
    String in = "/" + where + "/";
    ExecutorService pool = Executors.newFixedThreadPool(2);
    pool.execute(() -> request(in + "execute"));
    pool.execute(new Requests(in + "execute-class"));
    System.out.println(pool.submit(() -> request(in + "submit")).get());
    System.out.println(pool.submit(new Requests(in + "submit-class"), "submit-class").get());
    pool.submit(
            () -> {
              request(in + "submit-runnable");
            })
        .get();
    System.out.println(
        pool.invokeAll(Arrays.<Callable<String>>asList(() -> request(in + "invoke-all")))
            .get(0)
            .get());
    System.out.println(
        pool.invokeAny(Arrays.<Callable<String>>asList(() -> request(in + "invoke-any"))));
    futures(in, pool);
    end(pool);
    forks(in);
    schedules(in);
  }

  private static void futures(String in, ExecutorService pool) throws Exception {
    System.out.println(CompletableFuture.supplyAsync(() -> request(in + "supply")).get());
    CompletableFuture.runAsync(new Requests(in + "run-pool"), pool).get();
    System.out.println(
        CompletableFuture.supplyAsync(() -> request(in + "supply-pool"), pool)
            .thenApplyAsync(text -> text + request(in + "apply-async"), pool)
            .thenApply(text -> text + request(in + "apply"))
            .thenCombineAsync(
                CompletableFuture.supplyAsync(() -> request(in + "other")),
                (one, two) -> one + two + request(in + "combine"))
            .get());
  }

  private static void forks(String in) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(2);
    pool.execute(() -> request(in + "fork-execute"));
    pool.execute(new Requests(in + "fork-execute-class"));
    System.out.println(pool.submit(() -> request(in + "fork-submit")).get());
    System.out.println(pool.submit(new Requests(in + "fork-submit-class"), "class").get());
    pool.execute(new Action(in + "fork-action"));
    System.out.println(pool.submit(ForkJoinTask.adapt(() -> request(in + "fork-adapt"))).get());
    System.out.println(pool.invoke(new Twice(in, 2)));
    System.out.println(
        pool.invokeAll(Arrays.<Callable<String>>asList(() -> request(in + "fork-invoke-all")))
            .get(0)
            .get());
    end(pool);
  }

  private static void schedules(String in) throws Exception {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    System.out.println(
        pool.schedule(() -> request(in + "schedule"), 1, TimeUnit.MILLISECONDS).get());
    pool.schedule(new Requests(in + "schedule-class"), 1, TimeUnit.MILLISECONDS).get();
    pool.execute(() -> request(in + "schedule-execute"));
    System.out.println(pool.submit(() -> request(in + "schedule-submit")).get());
    end(pool);
  }

  private static void end(ExecutorService pool) throws Exception {
    pool.shutdown();
    System.out.println(pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  static class Requests implements Runnable {
    private final String path;

    Requests(String path) {
      this.path = path;
    }

    @Override
    public void run() {
      request(path);
    }
  }

  static class Action extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private final String path;

    Action(String path) {
      this.path = path;
    }

    @Override
    protected void compute() {
      request(path);
    }
  }

  static class Twice extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1;
    private final String in;
    private final int depth;

    Twice(String in, int depth) {
      this.in = in;
      this.depth = depth;
    }

    @Override
    protected Integer compute() {
      if (depth == 0) {
        request(in + "fork-leaf");
        return 1;
      }
      Twice left = new Twice(in, depth - 1);
      Twice right = new Twice(in, depth - 1);
      left.fork();
      return right.compute() + left.join();
    }
  }

  private static String request(String path) {
    try {
      URL url = new URL("http://127.0.0.1:" + port + path);
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      try (InputStream in = connection.getInputStream()) {
        while (in.read() >= 0) {
          // To the end, or the connection could not be used again.
        }
      }
      return path;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
