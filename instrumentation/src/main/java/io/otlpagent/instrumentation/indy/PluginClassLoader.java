package io.otlpagent.instrumentation.indy;

import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Holds the classes of one library package for one application class loader: it sees the agent's
 * classes and the library's, so that advice is plain Java next to both.
 */
final class PluginClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  // The agent's: advice may do what the agent may.
  private static final ProtectionDomain DOMAIN = PluginClassLoader.class.getProtectionDomain();

  private final ClassLoader agent;
  private final @Nullable ClassLoader application;
  private final String prefix;

  /**
   * @param agent the loader of the agent's own classes, which also has the plugin's bytes
   * @param application null for the bootstrap loader
   * @param plugin the library package
   */
  PluginClassLoader(ClassLoader agent, @Nullable ClassLoader application, String plugin) {
    super(agent);
    this.agent = agent;
    this.application = application;
    this.prefix = plugin + ".";
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(prefix)) {
      return own(name);
    }
    if (application == null || name.startsWith("io.otlpagent.") || name.startsWith("java.")) {
      try {
        return agent.loadClass(name);
      } catch (ClassNotFoundException e) {
        if (application == null) {
          throw e;
        }
        // A loader may have a java.* type that ours has not, such as java.sql in another layer.
        return application.loadClass(name);
      }
    }
    try {
      return application.loadClass(name);
    } catch (ClassNotFoundException e) {
      // A filtering loader (OSGi) hides types of the JDK that the library itself was not given.
      return agent.loadClass(name);
    }
  }

  private Class<?> own(String name) throws ClassNotFoundException {
    Class<?> loaded = findLoadedClass(name);
    if (loaded != null) {
      return loaded;
    }
    byte[] bytes = PluginClasses.read(agent, name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      // Under no lock: it asks the application's loader for supertypes, which may wait for a thread
      // that waits for this class.
      return defineClass(name, bytes, 0, bytes.length, DOMAIN);
    } catch (LinkageError e) {
      Class<?> ofAnotherThread = findLoadedClass(name);
      if (ofAnotherThread == null) {
        throw e;
      }
      return ofAnotherThread;
    }
  }

  /** Whether a class belongs to this plugin. */
  boolean owns(String name) {
    return name.startsWith(prefix);
  }
}
