import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Nothing but the JDK: a server, both clients, a pool. The server answers with the traceparent that
 * it got; each is printed with the name of the call.
 */
public class JdkOnly {

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String parent = exchange.getRequestHeaders().getFirst("traceparent");
          byte[] body = (parent == null ? "none" : parent).getBytes("US-ASCII");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();

    System.out.println("connection " + connection(base + "/connection"));
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/client")).build();
    HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
    System.out.println("client " + client.send(request, text).body());
    CompletableFuture<String> later =
        client.sendAsync(request, text).thenApply(HttpResponse::body);
    System.out.println("async " + later.get());
    Callable<String> task = () -> connection(base + "/pool");
    System.out.println("pool " + threads.submit(task).get());

    server.stop(0);
    threads.shutdown();
  }

  private static String connection(String url) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), "US-ASCII");
    }
  }
}
