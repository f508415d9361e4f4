import java.io.FileOutputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.Permission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What it may and what it may not, under the JVM's security manager, under one that it sets itself
 * after its first calls ({@code policy}) or under one of its own ({@code own}).
 */
public class GuardedShop {

  public static void main(String[] args) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      serve(server);
      int port = server.getLocalPort();
      if (args.length > 0) {
        get(port);
        System.setSecurityManager(args[0].equals("own") ? new Own() : new SecurityManager());
      }
      System.out.println("guarded " + (System.getSecurityManager() != null));
      get(port);
      ExecutorService pool = Executors.newFixedThreadPool(1);
      pool.submit(
              () -> {
                get(port);
                return null;
              })
          .get();
      pool.shutdown();
      System.out.println(CompletableFuture.supplyAsync(() -> "later").get());
    }
    query();
    tries("property", () -> System.getProperty("user.home").length() > 0);
    tries("variable", () -> System.getenv("HOME") != null);
    tries("file", () -> new FileOutputStream("/dev/null").getChannel().isOpen());
    tries("process", () -> Runtime.getRuntime().exec("true").waitFor() == 0);
    tries("loader", () -> new URLClassLoader(new URL[0]) != null);
    tries("private", () -> String.class.getDeclaredFields().length > 0);
    tries("socket", () -> new Socket("127.0.0.2", 1).isConnected());
    tries("thread", () -> Thread.currentThread().getThreadGroup().getParent() != null);
    Thread.setDefaultUncaughtExceptionHandler(null);
    System.exit(7);
  }

  private static void serve(ServerSocket server) {
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read(new byte[4096]);
                  String answer =
                      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
                  socket.getOutputStream().write(answer.getBytes("US-ASCII"));
                } catch (Exception e) {
                  return;
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void get(int port) throws Exception {
    URL url = new URL("http://127.0.0.1:" + port + "/");
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    try (InputStream in = connection.getInputStream()) {
      System.out.println(connection.getResponseCode() + " " + in.read());
    }
  }

  private static void query() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:guarded");
        Statement statement = connection.createStatement()) {
      statement.execute("create table orders (id int primary key)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into orders values (?)")) {
        insert.setInt(1, 1);
        System.out.println(insert.executeUpdate());
      }
      try {
        statement.execute("select * from nowhere");
      } catch (SQLException e) {
        System.out.println(e.getSQLState());
      }
      statement.execute("create alias later for \"GuardedShop.later\"");
      statement.execute("call later()");
    }
  }

  /** Within the call of the database: what the application brings is asked for its nature. */
  public static String later() throws Exception {
    String forked = new OwnPool().submit(() -> "forked").get();
    System.out.println(forked);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            (task, executor) -> System.out.println("rejected"));
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      pool.execute(
          () -> {
            try {
              done.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    done.countDown();
    pool.shutdown();
    return forked;
  }

  /** The JDK knows its factory and does not ask. */
  private static final class OwnPool extends ForkJoinPool {

    @Override
    public ForkJoinWorkerThreadFactory getFactory() {
      throw new OwnException();
    }
  }

  private static final class OwnException extends RuntimeException {

    private static final long serialVersionUID = 1;
  }

  private static void tries(String what, Callable<Boolean> call) {
    try {
      System.out.println(what + " " + call.call());
    } catch (Exception e) {
      System.out.println(what + " " + e);
    }
  }

  /** Forbids one thing, as a container of applications does. */
  private static final class Own extends SecurityManager {
    @Override
    public void checkPermission(Permission permission) {
      if (permission.getName().equals("getenv.HOME")) {
        throw new SecurityException("not here: " + permission.getName());
      }
    }

    @Override
    public void checkPermission(Permission permission, Object context) {
      checkPermission(permission);
    }
  }
}
