import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.Locale;
import java.util.TreeMap;

/** What arrives at a server and what comes back, apart from the headers of propagation. */
public class TalksHttp {
  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          TreeMap<String, Object> headers = new TreeMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
          headers.remove("traceparent");
          headers.remove("host");
          int received = count(exchange.getRequestBody());
          String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          System.out.println(line + " " + headers + " " + received);
          int status = exchange.getRequestURI().getPath().equals("/missing") ? 404 : 200;
          exchange.getResponseHeaders().add("X-Test", "yes");
          exchange.sendResponseHeaders(status, 2);
          exchange.getResponseBody().write("ok".getBytes("US-ASCII"));
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    get(base + "/a?b=c");
    get(base + "/missing");
    post(base + "/post");
    server.stop(0);
    get("http://127.0.0.1:1/refused");
    get("http://nowhere.invalid/");
  }

  private static void get(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
      System.out.println(connection.getResponseCode() + " " + connection.getResponseMessage());
      System.out.println(connection.getHeaderField("X-Test") + " " + connection.usingProxy());
      System.out.println(connection.getRequestMethod() + " " + connection.getDoOutput());
      System.out.println(count(connection.getInputStream()));
    } catch (IOException e) {
      print(e);
    }
  }

  private static void post(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    connection.setDoOutput(true);
    connection.setRequestProperty("X-Own", "1");
    connection.getOutputStream().write(new byte[1000]);
    System.out.println(connection.getResponseCode());
    try {
      connection.setRequestProperty("X-Late", "1");
    } catch (IllegalStateException e) {
      print(e);
    }
  }

  /** The port is another in each run. */
  private static void print(Exception e) {
    System.out.println(String.valueOf(e).replaceAll("127.0.0.1:\\d+", "HOST"));
    for (StackTraceElement element : e.getStackTrace()) {
      System.out.println("  " + element);
    }
  }

  private static int count(InputStream in) throws IOException {
    int total = 0;
    while (in.read() >= 0) {
      total++;
    }
    return total;
  }
}
