import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A statement of the database runs a method of the program, which submits tasks, to a pool of its
 * own kind too; each task makes a request. Prints what stood in the queue.
 */
public class WrapsTasks {
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
      statement.execute("create alias submits for \"WrapsTasks.submits\"");
      statement.execute("call submits()");
    }
    server.stop(0);
  }

  public static void submits() throws Exception {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    ThreadPoolExecutor own =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>()) {
          @Override
          public void execute(Runnable task) {
            super.execute(() -> task.run());
          }
        };
    CountDownLatch release = new CountDownLatch(1);
    // The first reaches a worker, the second the queue.
    for (ThreadPoolExecutor each : new ThreadPoolExecutor[] {pool, own}) {
      each.execute(
          () -> {
            await(release);
            request();
          });
      each.execute(new Requests());
    }
    System.out.println("queued " + pool.getQueue().peek().getClass().getName());
    release.countDown();
    pool.shutdown();
    own.shutdown();
    pool.awaitTermination(60, TimeUnit.SECONDS);
    own.awaitTermination(60, TimeUnit.SECONDS);
  }

  static class Requests implements Runnable {
    @Override
    public void run() {
      request();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void request() {
    try {
      URL url = new URL("http://127.0.0.1:" + port + "/");
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      try (InputStream in = connection.getInputStream()) {
        while (in.read() >= 0) {
          // To the end, or the connection could not be used again.
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
