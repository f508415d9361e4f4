import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A servlet that asks two databases, a pool and itself; prints its port, ends with its input. */
public class WholeShop extends HttpServlet {

  private static final String[] DATABASES = {"jdbc:h2:mem:shop", "jdbc:derby:memory:shop"};

  private final transient ExecutorService pool = Executors.newFixedThreadPool(2);

  public static void main(String[] args) throws Exception {
    Logger.getLogger("org.apache").setLevel(Level.OFF);
    File folder = Files.createTempDirectory("shop").toFile();
    folder.deleteOnExit();
    System.setProperty("derby.stream.error.file", new File(folder, "derby.log").getPath());
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.getPath());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder.getPath());
    Tomcat.addServlet(context, "shop", new WholeShop());
    context.addServletMappingDecoded("/order", "shop");
    context.addServletMappingDecoded("/price", "shop");
    try (Connection first = DriverManager.getConnection(DATABASES[0]);
        Connection second = DriverManager.getConnection(DATABASES[1] + ";create=true")) {
      create(first);
      create(second);
      tomcat.start();
      System.out.println("port=" + tomcat.getConnector().getLocalPort());
      while (System.in.read() >= 0) {
        // Until whoever started it closes the stream.
      }
    }
    tomcat.stop();
    tomcat.destroy();
    System.exit(0);
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table orders (id int primary key)");
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().equals("/price")) {
      response.getWriter().print("42");
      return;
    }
    try {
      for (String database : DATABASES) {
        insert(database);
      }
      int rows = CompletableFuture.supplyAsync(() -> count(DATABASES[1]), pool).get();
      String price = pool.submit(() -> price(request.getLocalPort())).get();
      response.getWriter().print(rows + " " + price);
    } catch (SQLException | InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static void insert(String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database);
        PreparedStatement insert =
            connection.prepareStatement("insert into orders values (?)")) {
      insert.setInt(1, 1);
      insert.executeUpdate();
    }
  }

  private static int count(String database) {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from orders")) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String price(int port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) new URL("http://127.0.0.1:" + port + "/price").openConnection();
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = new byte[64];
      return new String(bytes, 0, in.read(bytes), "US-ASCII");
    }
  }
}
