import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** The same through java.net.http: the request that a response names is the application's. */
public class TalksHttp2 {
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
          System.out.println(exchange.getRequestURI() + " " + headers);
          boolean moved = exchange.getRequestURI().getPath().equals("/moved");
          if (moved) {
            exchange.getResponseHeaders().add("Location", "/there");
          }
          exchange.sendResponseHeaders(moved ? 302 : 200, -1);
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    HttpClient client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/moved")).build();
    HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
    System.out.println(response.statusCode() + " " + response.request().headers().map());
    System.out.println(request.headers().map() + " " + response.previousResponse().isPresent());
    server.stop(0);
    HttpRequest refused = HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build();
    try {
      client.send(refused, HttpResponse.BodyHandlers.discarding());
    } catch (java.io.IOException e) {
      print(e);
    }
    try {
      client.sendAsync(refused, HttpResponse.BodyHandlers.discarding()).get();
    } catch (ExecutionException e) {
      System.out.println(e);
    }
  }

  /** The frames of the caller's thread; those of the client's threads depend on who was faster. */
  private static void print(Exception e) {
    System.out.println(e);
    for (StackTraceElement element : e.getStackTrace()) {
      System.out.println("  " + element);
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      System.out.println("caused by " + cause);
    }
  }
}
