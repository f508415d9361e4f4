import java.net.InetSocketAddress;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Plain Jetty with one servlet; prints its port and serves until it is stopped. */
public class JettyServer {

  public static void main(String[] args) throws Exception {
    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder servlet = new ServletHolder("shop", new ShopServlet());
    servlet.setAsyncSupported(true);
    for (String path : args) {
      context.addServlet(servlet, path);
    }
    server.setHandler(context);
    server.setStopAtShutdown(true);
    server.start();
    System.out.println("port=" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    server.join();
  }
}
