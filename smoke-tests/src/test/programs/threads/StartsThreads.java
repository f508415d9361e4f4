import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A statement of the database runs a method of the program, which starts threads in every way that
 * Java 21 and later know; each makes a request whose path is the way: under "in" what belongs to
 * the statement, under "free" what does not. Needs {@code --enable-preview}.
 */
public class StartsThreads {
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
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:threads");
        Statement statement = connection.createStatement()) {
      statement.execute("create alias starts for \"StartsThreads.starts\"");
      statement.execute("call starts()");
    }
    Thread outside = virtual("unstarted", () -> request("/free/outside"));
    outside.start();
    outside.join();
    server.stop(0);
    System.out.println("done");
  }

  public static void starts() throws Exception {
    Thread started =
        (Thread)
            Thread.class
                .getMethod("startVirtualThread", Runnable.class)
                .invoke(null, requesting("/in/start-virtual-thread"));
    started.join();
    virtual("start", requesting("/in/of-virtual-start")).join();
    Thread unstarted = virtual("unstarted", requesting("/in/of-virtual-unstarted"));
    unstarted.start();
    unstarted.join();
    Thread nested =
        virtual(
            "start",
            () -> {
              try {
                virtual("start", requesting("/in/nested")).join();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    nested.join();
    perTask(executor("newVirtualThreadPerTaskExecutor"), "/in/virtual-per-task");
    ThreadFactory platform = Thread::new;
    perTask(executor("newThreadPerTaskExecutor", platform), "/in/thread-per-task");
    perTask(Executors.newFixedThreadPool(1, factory()), "/in/virtual-pool");
    scope("/in/scope");
    platformThreads();
    periodic();
  }

  private static void perTask(ExecutorService executor, String path) throws Exception {
    executor.execute(requesting(path + "-execute"));
    System.out.println(executor.submit(calling(path + "-submit")).get());
    System.out.println(CompletableFuture.supplyAsync(() -> request(path + "-supply"), executor).get());
    CompletableFuture<String> both =
        CompletableFuture.supplyAsync(() -> request(path + "-first"), executor)
            .thenApplyAsync(text -> text + request(path + "-second"), executor);
    System.out.println(both.get());
    executor.shutdown();
    System.out.println(executor.awaitTermination(60, TimeUnit.SECONDS));
  }

  /** Forks and waits; the class of Java 21 to 24, the interface from 25 on. */
  private static void scope(String path) throws Exception {
    Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
    Object scope =
        type.isInterface()
            ? type.getMethod("open").invoke(null)
            : type.getConstructor().newInstance();
    Method fork = type.getMethod("fork", Callable.class);
    for (int i = 0; i < 3; i++) {
      fork.invoke(scope, calling(path + i));
    }
    type.getMethod("join").invoke(scope);
    type.getMethod("close").invoke(scope);
  }

  private static void platformThreads() throws Exception {
    Thread thread = new Thread(requesting("/free/platform"));
    thread.start();
    thread.join();
  }

  private static void periodic() throws Exception {
    CountDownLatch ran = new CountDownLatch(3);
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1, factory());
    scheduler.scheduleAtFixedRate(once("/free/fixed-rate", ran), 0, 1, TimeUnit.HOURS);
    scheduler.scheduleWithFixedDelay(once("/free/fixed-delay", ran), 0, 1, TimeUnit.HOURS);
    Timer timer = new Timer();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            once("/free/timer", ran).run();
          }
        },
        0);
    System.out.println(ran.await(60, TimeUnit.SECONDS));
    scheduler.shutdownNow();
    timer.cancel();
  }

  private static Runnable once(String path, CountDownLatch ran) {
    return () -> {
      request(path);
      ran.countDown();
    };
  }

  private static Runnable requesting(String path) {
    return () -> request(path);
  }

  private static Callable<String> calling(String path) {
    return () -> request(path);
  }

  private static Thread virtual(String method, Runnable task) throws Exception {
    return (Thread)
        Class.forName("java.lang.Thread$Builder")
            .getMethod(method, Runnable.class)
            .invoke(Thread.class.getMethod("ofVirtual").invoke(null), task);
  }

  private static ThreadFactory factory() throws Exception {
    return (ThreadFactory)
        Class.forName("java.lang.Thread$Builder")
            .getMethod("factory")
            .invoke(Thread.class.getMethod("ofVirtual").invoke(null));
  }

  private static ExecutorService executor(String method, ThreadFactory... factory)
      throws Exception {
    Class<?>[] parameters = new Class<?>[factory.length];
    java.util.Arrays.fill(parameters, ThreadFactory.class);
    return (ExecutorService)
        Executors.class.getMethod(method, parameters).invoke(null, (Object[]) factory);
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
