import java.io.File;
import java.nio.file.Files;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Plain Tomcat with one servlet; prints its port and serves until it is stopped. */
public class TomcatServer {

  public static void main(String[] args) throws Exception {
    Logger.getLogger("org.apache").setLevel(Level.OFF);
    Tomcat tomcat = new Tomcat();
    File folder = Files.createTempDirectory("tomcat").toFile();
    folder.deleteOnExit();
    tomcat.setBaseDir(folder.getPath());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder.getPath());
    Tomcat.addServlet(context, "shop", new ShopServlet()).setAsyncSupported(true);
    for (String path : args) {
      context.addServletMappingDecoded(path, "shop");
    }
    tomcat.start();
    System.out.println("port=" + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }
}
