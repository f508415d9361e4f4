package io.otlpagent.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's classes from one indexed entry of the agent's jar, apart from everything that
 * the application has. Thread-safe.
 *
 * <p>The entry is stored, not compressed, so that a class is read where it stands: a magic number,
 * the number of classes, then for each, ordered by the hash code of its resource name, four
 * integers (hash code, offset in the data, compressed length, length), then the data, one raw
 * deflate stream a class. Writing it is the build's job: {@code AgentJarPacker}.
 */
final class AgentClassLoader extends ClassLoader {

  static final int MAGIC = 0x4F544C50;

  private static final int ROW = 4;
  private static final String OWN = "io.otlpagent.";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final ZipEntry classes;
  private final int[] index;
  private final int dataStart;

  private AgentClassLoader(JarFile jar, ZipEntry classes, int[] index, ClassLoader parent) {
    super(parent);
    this.jar = jar;
    this.classes = classes;
    this.index = index;
    this.dataStart = 8 + index.length * 4;
  }

  /** A loader beside the application's: its parent has the JDK's classes and nothing else. */
  static AgentClassLoader open(JarFile jar) throws IOException {
    ZipEntry classes = jar.getJarEntry(AgentJar.CLASSES);
    try (InputStream in = jar.getInputStream(classes)) {
      byte[] head = new byte[8];
      new DataInputStream(in).readFully(head);
      if (intAt(head, 0) != MAGIC) {
        throw new IOException(jar.getName() + " is damaged: fetch it again");
      }
      byte[] rows = new byte[intAt(head, 4) * ROW * 4];
      new DataInputStream(in).readFully(rows);
      int[] index = new int[rows.length / 4];
      for (int i = 0; i < index.length; i++) {
        index[i] = intAt(rows, 4 * i);
      }
      return new AgentClassLoader(
          jar, classes, index, ClassLoader.getSystemClassLoader().getParent());
    }
  }

  private static int intAt(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | (bytes[at + 3] & 0xFF);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OWN)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = read(name.replace('.', '/').concat(".class"));
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  /** Null if there is no such resource. */
  private byte @Nullable [] read(String name) {
    int row = find(name.hashCode());
    if (row < 0) {
      return null;
    }
    byte[] packed = new byte[index[row + 2]];
    byte[] bytes = new byte[index[row + 3]];
    Inflater inflater = new Inflater(true);
    try (InputStream in = jar.getInputStream(classes)) {
      long at = (long) dataStart + index[row + 1];
      while (at > 0) {
        at -= in.skip(at);
      }
      new DataInputStream(in).readFully(packed);
      inflater.setInput(packed);
      int n = 0;
      while (n < bytes.length && !inflater.finished()) {
        n += inflater.inflate(bytes, n, bytes.length - n);
      }
      return bytes;
    } catch (IOException | DataFormatException e) {
      throw new IllegalStateException(
          "otlp-agent.jar was changed while the JVM was running: " + jar.getName(), e);
    } finally {
      inflater.end();
    }
  }

  private int find(int hash) {
    int low = 0;
    int high = index.length / ROW - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int there = index[middle * ROW];
      if (there < hash) {
        low = middle + 1;
      } else if (there > hash) {
        high = middle - 1;
      } else {
        return middle * ROW;
      }
    }
    return -1;
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = read(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  /** No resource of ours has a URL, and none of the application's is ours. */
  @Override
  public @Nullable URL getResource(String name) {
    return null;
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return Collections.emptyEnumeration();
  }
}
