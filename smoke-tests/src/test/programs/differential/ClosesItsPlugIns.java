import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Loads classes that look like a JDBC driver's out of a plug-in's jar, reads the jar by URL as well,
 * closes the plug-in, and replaces the jar.
 */
public final class ClosesItsPlugIns {

  private static final String NAME = "ClosesItsPlugIns$Query";

  /** What drivers have between their classes and those of JDBC. */
  public interface DriverStatement extends java.sql.Statement {}

  /** A class of a driver. */
  public abstract static class Query implements DriverStatement {

    public int executeUpdate(String sql) {
      return sql.length();
    }
  }

  public static void main(String[] arguments) throws Exception {
    File jar = File.createTempFile("plug-in", ".jar");
    jar.deleteOnExit();
    write(jar, "first");
    URL text = new URL("jar:" + jar.toURI() + "!/text");
    try (InputStream before = text.openStream()) {
      System.out.println(before.read());
      load(jar);
      finish(before);
    }
    write(jar, "the second, which is longer than the first");
    load(jar);
    write(jar, "3");
    load(jar);
  }

  private static void load(File jar) throws Exception {
    ClassLoader jdk = ClosesItsPlugIns.class.getClassLoader().getParent();
    URLClassLoader plugIn = new URLClassLoader(new URL[] {jar.toURI().toURL()}, jdk);
    Class<?> query = Class.forName(NAME, true, plugIn);
    System.out.println(query.getInterfaces()[0].getName());
    plugIn.close();
  }

  private static void finish(InputStream in) throws IOException {
    int count = 0;
    try {
      while (in.read() >= 0) {
        count++;
      }
      System.out.println(count + " more");
    } catch (IOException e) {
      System.out.println("died: " + e.getMessage());
    }
  }

  /** Writes the plug-in anew, in place. */
  private static void write(File jar, String text) throws IOException {
    try (OutputStream file = new FileOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("text"));
      for (int i = 0; i < 100_000; i++) {
        // Larger than what a stream reads ahead.
        zip.write(Integer.toString(i * 7919).getBytes("US-ASCII"));
      }
      zip.write(text.getBytes("US-ASCII"));
      zip.closeEntry();
      add(zip, NAME);
      add(zip, "ClosesItsPlugIns$DriverStatement");
    }
  }

  private static void add(ZipOutputStream zip, String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name + ".class"));
    ClassLoader program = ClosesItsPlugIns.class.getClassLoader();
    try (InputStream in = program.getResourceAsStream(name + ".class")) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        zip.write(b);
      }
    }
    zip.closeEntry();
  }
}
