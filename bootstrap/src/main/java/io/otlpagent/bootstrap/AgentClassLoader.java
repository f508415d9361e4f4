package io.otlpagent.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
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
  private static final String OWN_PATH = "io/otlpagent/";
  private static final String DISPATCHER = "java/lang/OtlpAgentDispatcher.class";

  // Under a SecurityManager the agent may do what it has to do, whatever the policy says.
  private static final ProtectionDomain ALL_PERMISSIONS = allPermissions();

  static {
    registerAsParallelCapable();
  }

  private final ClassArchive classes;
  // Asked itself, the superclass may want a permission of whoever calls.
  private final ClassLoader parent;

  private AgentClassLoader(ClassArchive classes, ClassLoader parent) {
    super(parent);
    this.classes = classes;
    this.parent = parent;
  }

  /** A loader beside the application's: its parent has the JDK's classes and nothing else. */
  static AgentClassLoader open(JarFile jar) throws IOException {
    return new AgentClassLoader(ClassArchive.open(jar), jdk());
  }

  /** The topmost loader; the application may have put one of its own in place of the system's. */
  private static ClassLoader jdk() {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    for (ClassLoader above = loader; above != null; above = above.getParent()) {
      loader = above;
    }
    return loader;
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

  private static ProtectionDomain allPermissions() {
    Permissions permissions = new Permissions();
    permissions.add(new AllPermission());
    return new ProtectionDomain(null, permissions);
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
      return defineClass(name, bytes, 0, bytes.length, ALL_PERMISSIONS);
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
    // The index knows hash codes only, so that a foreign name may have the one of a class of ours.
    byte[] bytes = isOwn(name) ? read(name) : null;
    return bytes == null ? parent.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  private static boolean isOwn(String name) {
    return name.startsWith(OWN_PATH) || name.equals(DISPATCHER);
  }

  /**
   * For other agents, which look for the types that our classes name. None of the application's is
   * found.
   */
  @Override
  public @Nullable URL getResource(String name) {
    return isOwn(name) && classes.has(name)
        ? ArchivedResource.url(classes, name)
        : parent.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return isOwn(name) && classes.has(name)
        ? Collections.enumeration(Collections.singleton(ArchivedResource.url(classes, name)))
        : parent.getResources(name);
  }
}
