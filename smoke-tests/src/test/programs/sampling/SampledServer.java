import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Plain Tomcat whose every request asks a database, and some fail or take long. */
public class SampledServer extends HttpServlet {

  private static final long SLOW_MILLIS = 120;

  private static final ThreadLocal<Connection> CONNECTION =
      ThreadLocal.withInitial(SampledServer::connection);

  public static void main(String[] args) throws Exception {
    Logger.getLogger("org.apache").setLevel(Level.OFF);
    Tomcat tomcat = new Tomcat();
    File folder = Files.createTempDirectory("tomcat").toFile();
    folder.deleteOnExit();
    tomcat.setBaseDir(folder.getPath());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder.getPath());
    Tomcat.addServlet(context, "items", new SampledServer());
    context.addServletMappingDecoded("/*", "items");
    tomcat.start();
    System.out.println("port=" + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (PreparedStatement query = CONNECTION.get().prepareStatement("SELECT 1 + ?")) {
      query.setInt(1, 1);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        response.getWriter().print(rows.getInt(1));
      }
      if (request.getPathInfo().equals("/slow")) {
        Thread.sleep(SLOW_MILLIS);
      } else if (request.getPathInfo().equals("/fail")) {
        throw new IOException("on purpose");
      }
    } catch (SQLException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Connection connection() {
    try {
      return DriverManager.getConnection("jdbc:h2:mem:items");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
