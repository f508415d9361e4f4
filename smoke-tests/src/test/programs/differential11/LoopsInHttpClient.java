import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/**
 * Bodies that fail with exceptions whose causes do not end; the caller gets them all the same. From
 * Java 26 on the client itself looks for the first cause that is not a {@code CompletionException},
 * for ever if there is none, so that there is one in each circle.
 */
public class LoopsInHttpClient {

  private static final boolean CLIENT_LOOPS = Runtime.version().feature() >= 26;

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    HttpClient client = HttpClient.newHttpClient();
    Failure first = new Failure("first");
    Failure second = new Failure("second");
    first.initCause(CLIENT_LOOPS ? new IllegalStateException("between", second) : second);
    second.initCause(first);
    Failure[] failures = {first, new Endless(), new Failing(), new Failure("plain")};

    for (Failure failure : failures) {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
              .POST(BodyPublishers.fromPublisher(subscriber -> fail(subscriber, failure)))
              .build();
      System.out.println(
          client
              .sendAsync(request, BodyHandlers.discarding())
              .handle((response, thrown) -> failure.message + " " + (thrown != null))
              .get());
      System.out.println(request.headers().map());
    }
    System.out.println(
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode());
    server.stop(0);
  }

  private static void fail(Flow.Subscriber<?> subscriber, Throwable failure) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
    subscriber.onError(failure);
  }

  private static class Failure extends CompletionException {

    private static final long serialVersionUID = 1;

    final String message;

    Failure(String message) {
      super(message);
      this.message = message;
    }
  }

  private static final class Endless extends Failure {

    private static final long serialVersionUID = 1;

    Endless() {
      super("endless");
    }

    @Override
    public synchronized Throwable getCause() {
      return CLIENT_LOOPS ? new IllegalStateException("between", new Endless()) : new Endless();
    }
  }

  private static final class Failing extends Failure {

    private static final long serialVersionUID = 1;

    Failing() {
      super("failing");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new AssertionError("no cause");
    }
  }
}
