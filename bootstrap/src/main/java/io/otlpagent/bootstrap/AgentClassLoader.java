package io.otlpagent.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.BooleanSupplier;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's classes from the {@link ClassArchive} in the agent's jar, apart from everything
 * that the application has. Thread-safe.
 *
 * <p>Asked by the agent through the JDK's types: run it to have what is needed late kept in memory,
 * and it says whether the jar is as it was.
 */
final class AgentClassLoader extends ClassLoader implements Runnable, BooleanSupplier {

  static final int MAGIC = 0x4F544C50;

  private static final String OWN = "io.otlpagent.";

  static {
    registerAsParallelCapable();
  }

  private final ClassArchive classes;

  private AgentClassLoader(ClassArchive classes, ClassLoader parent) {
    super(parent);
    this.classes = classes;
  }

  /** A loader beside the application's: its parent has the JDK's classes and nothing else. */
  static AgentClassLoader open(JarFile jar) throws IOException {
    return new AgentClassLoader(
        ClassArchive.open(jar), ClassLoader.getSystemClassLoader().getParent());
  }

  @Override
  public void run() {
    try {
      classes.keep();
    } catch (IOException e) {
      // Then there is nothing to rely on, and getAsBoolean() says so.
    }
  }

  @Override
  public boolean getAsBoolean() {
    return classes.intact();
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
      byte[] bytes;
      try {
        bytes = classes.read(name.replace('.', '/').concat(".class"));
      } catch (IOException e) {
        throw new ClassNotFoundException(name + ": " + e.getMessage(), e);
      }
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  /** Null if there is no such resource, or no longer. */
  private byte @Nullable [] read(String name) {
    try {
      return classes.read(name);
    } catch (IOException e) {
      return null;
    }
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
