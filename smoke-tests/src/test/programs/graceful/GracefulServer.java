import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat that a shutdown hook stops when all requests are answered. The requests wait for the hook,
 * and then for a little more each, so that every one of them ends while the JVM shuts down.
 */
public class GracefulServer {

  private static final int REQUESTS = 6;
  private static final CountDownLatch RECEIVED = new CountDownLatch(REQUESTS + 1);
  private static final CountDownLatch SHUTDOWN = new CountDownLatch(1);
  private static final CountDownLatch ANSWERED = new CountDownLatch(REQUESTS);

  public static void main(String[] args) throws Exception {
    Logger.getLogger("org.apache").setLevel(Level.OFF);
    Tomcat tomcat = new Tomcat();
    File folder = Files.createTempDirectory("tomcat").toFile();
    folder.deleteOnExit();
    tomcat.setBaseDir(folder.getPath());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder.getPath());
    Tomcat.addServlet(context, "slow", new Slow()).setAsyncSupported(true);
    context.addServletMappingDecoded("/slow/*", "slow");
    Tomcat.addServlet(context, "news", new News()).setAsyncSupported(true);
    context.addServletMappingDecoded("/news", "news");
    tomcat.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
    System.out.println("port=" + tomcat.getConnector().getLocalPort());
    RECEIVED.await();
    // On a thread that is within no request.
    System.exit(3);
  }

  private static void stop(Tomcat tomcat) {
    SHUTDOWN.countDown();
    try {
      System.out.println("all answered: " + ANSWERED.await(60, TimeUnit.SECONDS));
      tomcat.stop();
    } catch (Exception e) {
      e.printStackTrace();
    }
  }

  /** Is answered when there is news, which there never is. */
  static final class News extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      request.startAsync().setTimeout(0);
      RECEIVED.countDown();
    }
  }

  static final class Slow extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      RECEIVED.countDown();
      try {
        SHUTDOWN.await();
        Thread.sleep(300 * Integer.parseInt(request.getPathInfo().substring(1)));
      } catch (InterruptedException e) {
        throw new IOException(e);
      } finally {
        ANSWERED.countDown();
      }
      response.getWriter().print("answered");
    }
  }
}
