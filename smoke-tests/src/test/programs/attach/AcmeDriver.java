import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.util.Properties;
import java.util.logging.Logger;

/** A driver that knows no database. */
public class AcmeDriver implements Driver {

  public Connection connect(String url, Properties properties) {
    System.out.println("asked for " + url);
    return null;
  }

  public boolean acceptsURL(String url) {
    return true;
  }

  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  public int getMajorVersion() {
    return 1;
  }

  public int getMinorVersion() {
    return 0;
  }

  public boolean jdbcCompliant() {
    return false;
  }

  public Logger getParentLogger() {
    return Logger.getAnonymousLogger();
  }
}
