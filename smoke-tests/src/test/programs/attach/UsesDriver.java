import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Driver;
import java.util.Properties;

/** Loads its driver at once, as a class of this or that kind, and uses it when its input ends. */
public class UsesDriver {

  public static void main(String[] args) throws Exception {
    Driver driver = (Driver) driver(args[0]).getConstructor().newInstance();
    System.out.println("port=1");
    while (System.in.read() >= 0) {
      continue;
    }
    driver.connect("jdbc:acme:shop", new Properties());
  }

  private static Class<?> driver(String kind) throws Exception {
    switch (kind) {
      case "hidden":
        return MethodHandles.lookup().defineHiddenClass(read(), false).lookupClass();
      case "script":
        URL classes = UsesDriver.class.getProtectionDomain().getCodeSource().getLocation();
        return new ScriptLoader(classes).loadClass("AcmeDriver");
      default:
        return AcmeDriver.class;
    }
  }

  private static byte[] read() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = UsesDriver.class.getResourceAsStream("AcmeDriver.class")) {
      in.transferTo(bytes);
    }
    return bytes.toByteArray();
  }

  /** As engines of scripts have it. */
  static final class ScriptLoader extends URLClassLoader {

    ScriptLoader(URL classes) {
      super(new URL[] {classes}, null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      return name.startsWith("java.") ? Class.forName(name) : super.findClass(name);
    }
  }
}
