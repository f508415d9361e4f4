import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers, fails, answers later from another thread, and calls itself. */
public class ShopServlet extends HttpServlet {

  private final transient ExecutorService pool = Executors.newFixedThreadPool(2);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getServletPath()) {
      case "/hello":
        response.getWriter().print("hello");
        return;
      case "/fail":
        throw new IllegalStateException("on purpose");
      case "/later":
        answerLater(request);
        return;
      case "/call":
        response.getWriter().print(call(request.getLocalPort()));
        return;
      case "/pool":
        response.getWriter().print(callFromPool(request.getLocalPort()));
        return;
      default:
        response.sendError(404);
    }
  }

  @Override
  public void destroy() {
    pool.shutdownNow();
  }

  private void answerLater(HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    pool.execute(
        () -> {
          try {
            async.getResponse().getWriter().print("later");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          } finally {
            async.complete();
          }
        });
  }

  private String callFromPool(int port) throws IOException {
    try {
      return pool.submit(() -> call(port)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static String call(int port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) new URL("http://127.0.0.1:" + port + "/hello").openConnection();
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = new byte[64];
      int length = in.read(bytes);
      return new String(bytes, 0, length, "US-ASCII");
    }
  }
}
