import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Loads classes that look like a JDBC driver's through class loaders that take it ill if anybody
 * asks them for more than the JVM does.
 */
public final class BringsItsLoaders {

  /** What drivers have between their classes and those of JDBC. */
  public interface DriverStatement extends java.sql.Statement {}

  /** A class of a driver. */
  public abstract static class Query implements DriverStatement {

    public int executeUpdate(String sql) {
      return sql.length();
    }

    public boolean execute(String sql) {
      return sql.isEmpty();
    }
  }

  public static void main(String[] arguments) throws Exception {
    print("remembers misses", new RemembersMisses());
    print("never answers", new NeverAnswers());
    print("answers without end", new AnswersWithoutEnd());
    print("throws", new Throws());
    print("equal", new EqualToAll());
    print("equal again", new EqualToAll());
    waitsInHashCode();
  }

  private static void print(String what, ChildFirst loader) throws Exception {
    Class<?> query = Class.forName("BringsItsLoaders$Query", true, loader);
    System.out.println(
        what
            + ": "
            + (query.getClassLoader() == loader)
            + ' '
            + query.getInterfaces()[0].getName()
            + ", asked for "
            + loader.asked);
  }

  /** One thread holds the lock that hashCode needs while another loads a class. */
  private static void waitsInHashCode() throws Exception {
    final WaitsInHashCode loader = new WaitsInHashCode();
    final CountDownLatch held = new CountDownLatch(1);
    final CountDownLatch loaded = new CountDownLatch(1);
    final List<Boolean> inTime = Collections.synchronizedList(new ArrayList<Boolean>());
    Thread holder =
        new Thread() {
          @Override
          public void run() {
            synchronized (loader.lock) {
              held.countDown();
              try {
                inTime.add(loaded.await(20, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };
    holder.start();
    held.await();
    print("waits in hashCode", loader);
    loaded.countDown();
    holder.join();
    System.out.println("loaded while the lock was held: " + inTime);
  }

  /** Defines the classes of this program itself, and notes which class files it is asked for. */
  abstract static class ChildFirst extends ClassLoader {

    final Set<String> asked = Collections.synchronizedSet(new TreeSet<String>());

    ChildFirst() {
      super(BringsItsLoaders.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("BringsItsLoaders$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in =
          BringsItsLoaders.class.getClassLoader().getResourceAsStream(name + ".class")) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
          bytes.write(b);
        }
        return defineClass(name, bytes.toByteArray(), 0, bytes.size());
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      asked.add(name);
      return null;
    }

    @Override
    public URL getResource(String name) {
      asked.add(name);
      return null;
    }

    @Override
    public Enumeration<URL> getResources(String name) {
      asked.add(name);
      return Collections.emptyEnumeration();
    }
  }

  /** What it has not had once, it never has. */
  static final class RemembersMisses extends ChildFirst {

    private final Set<String> missed =
        Collections.newSetFromMap(new ConcurrentHashMap<String, Boolean>());

    @Override
    Class<?> define(String name) throws ClassNotFoundException {
      if (missed.contains(name + ".class")) {
        throw new ClassNotFoundException(name + " was not there before");
      }
      return super.define(name);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      missed.add(name);
      return super.getResourceAsStream(name);
    }
  }

  /** Its streams wait for a network that is not there; this one gives up at last. */
  static final class NeverAnswers extends ChildFirst {

    @Override
    public InputStream getResourceAsStream(String name) {
      super.getResourceAsStream(name);
      return new InputStream() {
        @Override
        public int read() throws IOException {
          try {
            Thread.sleep(20_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("no answer");
        }
      };
    }
  }

  /** Its streams do not end. */
  static final class AnswersWithoutEnd extends ChildFirst {

    @Override
    public InputStream getResourceAsStream(String name) {
      super.getResourceAsStream(name);
      return new InputStream() {
        @Override
        public int read() {
          return 0xCA;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
          return length;
        }
      };
    }
  }

  /** Is of no use as a key, and has no name. */
  static final class Throws extends ChildFirst {

    @Override
    public InputStream getResourceAsStream(String name) {
      super.getResourceAsStream(name);
      throw new Error(name);
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("hashCode");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("equals");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("toString");
    }
  }

  /** As servers have it that compare loaders by the application's name. */
  static final class EqualToAll extends ChildFirst {

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EqualToAll;
    }
  }

  /** Looks into itself under its lock. */
  static final class WaitsInHashCode extends ChildFirst {

    final Object lock = new Object();

    @Override
    public int hashCode() {
      synchronized (lock) {
        return 1;
      }
    }

    @Override
    public boolean equals(Object other) {
      synchronized (lock) {
        return this == other;
      }
    }
  }
}
