import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls itself over HTTP from four threads without a pause, and tells under /stats how many calls
 * succeeded and failed, and how many brought a sampled trace, another one, or none.
 */
public final class UnderLoad {

  private static final AtomicLong OK = new AtomicLong();
  private static final AtomicLong FAILED = new AtomicLong();
  private static final AtomicLong SAMPLED = new AtomicLong();
  private static final AtomicLong UNSAMPLED = new AtomicLong();
  private static final AtomicLong UNTRACED = new AtomicLong();
  private static volatile boolean stopped;

  public static void main(String[] arguments) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/call",
        exchange -> {
          String parent = exchange.getRequestHeaders().getFirst("traceparent");
          AtomicLong kind =
              parent == null ? UNTRACED : (parent.charAt(54) & 1) == 1 ? SAMPLED : UNSAMPLED;
          kind.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/stats",
        exchange -> {
          stopped |= "stop".equals(exchange.getRequestURI().getQuery());
          byte[] body =
              (OK + " " + FAILED + " " + SAMPLED + " " + UNSAMPLED + " " + UNTRACED)
                  .getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URL url = new URL("http://127.0.0.1:" + server.getAddress().getPort() + "/call");
    for (int i = 0; i < 4; i++) {
      Thread client = new Thread(() -> callForever(url));
      client.setDaemon(true);
      client.start();
    }
    System.out.println("port=" + server.getAddress().getPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static void callForever(URL url) {
    while (!stopped) {
      try {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        boolean ok = connection.getResponseCode() == 204;
        try (InputStream in = connection.getInputStream()) {
          while (in.read() >= 0) {}
        }
        (ok ? OK : FAILED).incrementAndGet();
        Thread.sleep(1);
      } catch (Exception e) {
        FAILED.incrementAndGet();
      }
    }
  }
}
