import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with Jasper and a web application of pages; prints its port and serves. */
public class PageServer {

  public static void main(String[] args) throws Exception {
    Logger.getLogger("org.apache").setLevel(Level.OFF);
    Path base = Files.createTempDirectory("pages");
    Path pages = Files.createDirectories(base.resolve("pages"));
    page(pages, "index.jsp", "<%= \"start\" %>");
    page(pages, "shop/index.jsp", "shop");
    page(pages, "shop/item.jsp", "<%@ include file=\"part.jspf\" %><%= request.getParameter(\"id\") %>");
    page(pages, "shop/part.jspf", "item ");
    page(pages, "shop/fails.jsp", "<% if (true) throw new IllegalStateException(\"no\"); %>");
    page(pages, "feed.jspx", "<feed xmlns:jsp=\"http://java.sun.com/JSP/Page\">all</feed>");
    page(pages, "WEB-INF/report.jsp", "report");
    page(pages, "WEB-INF/web.xml", webXml());

    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    Context context = tomcat.addWebapp("/app", pages.toString());
    context.setParentClassLoader(PageServer.class.getClassLoader());
    add(context, "/forward", false);
    add(context, "/include", true);
    tomcat.start();
    System.out.println("port=" + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static void add(Context context, String path, boolean include) {
    Tomcat.addServlet(context, path, new Dispatches(include));
    context.addServletMappingDecoded(path, path);
  }

  private static String webXml() {
    return "<web-app version=\"3.1\">"
        + "<servlet><servlet-name>report</servlet-name>"
        + "<jsp-file>/WEB-INF/report.jsp</jsp-file></servlet>"
        + "<servlet-mapping><servlet-name>report</servlet-name>"
        + "<url-pattern>/report</url-pattern></servlet-mapping>"
        + "<welcome-file-list><welcome-file>index.jsp</welcome-file></welcome-file-list>"
        + "</web-app>";
  }

  private static void page(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static class Dispatches extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final boolean include;

    Dispatches(boolean include) {
      this.include = include;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      RequestDispatcher page = request.getRequestDispatcher("/shop/item.jsp");
      if (include) {
        page.include(request, response);
      } else {
        page.forward(request, response);
      }
    }
  }
}
