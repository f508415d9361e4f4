package io.otlpagent.instrumentation.indy;

import io.otlpagent.instrumentation.util.LibraryPlugin;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the classes of one library package for one application class loader: it sees the agent's
 * classes and the library's, so that advice is plain Java next to both.
 */
final class PluginClassLoader extends ClassLoader implements LibraryPlugin {

  static {
    registerAsParallelCapable();
  }

  // The agent's: advice may do what the agent may.
  private static final ProtectionDomain DOMAIN = PluginClassLoader.class.getProtectionDomain();

  private final PluginClassLoaders plugins;
  private final ClassLoader agent;
  private final @Nullable ClassLoader application;
  private final String prefix;

  /** What calls are linked to, so that the same call of another method is linked to the same. */
  private final Map<String, MethodHandle> linked = new ConcurrentHashMap<>();

  // Guarded by linked.
  private boolean abandoned;

  /**
   * @param plugins where the same package is found for other loaders
   * @param agent the loader of the agent's own classes, which also has the plugin's bytes
   * @param application null for the bootstrap loader
   * @param plugin the library package
   */
  PluginClassLoader(
      PluginClassLoaders plugins,
      ClassLoader agent,
      @Nullable ClassLoader application,
      String plugin) {
    super(agent);
    this.plugins = plugins;
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
      return ofAgent(name, e);
    }
  }

  /** For other agents, which look for the types that the advice names. */
  @Override
  protected @Nullable URL findResource(String name) {
    return application == null ? null : application.getResource(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return application == null
        ? Collections.<URL>emptyEnumeration()
        : application.getResources(name);
  }

  private Class<?> ofAgent(String name, ClassNotFoundException reason)
      throws ClassNotFoundException {
    try {
      return agent.loadClass(name);
    } catch (ClassNotFoundException e) {
      // The application's loader knows more about it: it may be that it could not read.
      throw reason;
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

  @Override
  public Class<?> besideDefinerOf(Class<?> libraryType, String name) throws ClassNotFoundException {
    String plugin = prefix.substring(0, prefix.length() - 1);
    return plugins.load(libraryType.getClassLoader(), plugin, name);
  }

  /** Null if there is none yet. An enter is kept after its exit, so it never comes alone. */
  @Nullable MethodHandle linked(AdviceCall call) {
    return linked.get(call.key());
  }

  /**
   * The handle that the call is linked to from now on, which may be another thread's.
   *
   * @throws IllegalStateException if another thread has abandoned this loader meanwhile: an exit
   *     would not find what its enter was linked to
   */
  MethodHandle keep(AdviceCall call, MethodHandle made) {
    synchronized (linked) {
      if (abandoned) {
        throw new IllegalStateException("the plugin is loaded again");
      }
      MethodHandle kept = linked.putIfAbsent(call.key(), made);
      return kept == null ? made : kept;
    }
  }

  /** Whether no call is linked to it, and none will be. */
  boolean abandon() {
    synchronized (linked) {
      abandoned = abandoned || linked.isEmpty();
      return abandoned;
    }
  }

  /** Whether a class belongs to this plugin. */
  boolean owns(String name) {
    return name.startsWith(prefix);
  }
}
