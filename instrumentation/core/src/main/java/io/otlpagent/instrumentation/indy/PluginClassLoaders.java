package io.otlpagent.instrumentation.indy;

import io.otlpagent.instrumentation.util.WeakMap;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The plugins by application class loader. A plugin lives as long as the woven call sites that use
 * it: this table holds it weakly, so that an undeployed application can be collected.
 */
public final class PluginClassLoaders {

  /** Lets a plugin's unnamed module reach packages of the JDK; does nothing before Java 9. */
  public interface ModuleOpener {

    /**
     * @param packages as {@code module/package}
     */
    void open(List<String> packages, ClassLoader plugin);
  }

  private final ClassLoader agent;
  private final Map<String, List<String>> opens;
  private final ModuleOpener opener;
  private final LinkCounts counts = new LinkCounts();

  // Guarded by this: linking is rare, and no code of an application runs inside. By identity, since
  // a loader's own hashCode() may wait for a lock, and a redeployed one may be equal to the last.
  private final WeakMap<ClassLoader, Map<String, Plugin>> plugins = new WeakMap<>(64);
  private final Map<String, Plugin> ofBootstrap = new HashMap<>();

  /**
   * @param agent the loader of the agent's classes
   * @param opens packages of the JDK that a plugin needs, by library package
   */
  public PluginClassLoaders(
      ClassLoader agent, Map<String, List<String>> opens, ModuleOpener opener) {
    this.agent = agent;
    this.opens = opens;
    this.opener = opener;
  }

  LinkCounts counts() {
    return counts;
  }

  /**
   * The advice class in the plugin of that loader.
   *
   * @param loader null for the bootstrap loader
   * @throws PluginRefusedException if the library lacks something that the plugin uses
   */
  Class<?> load(@Nullable ClassLoader loader, String plugin, String advice)
      throws ClassNotFoundException {
    Plugin found = plugin(loader, plugin);
    Class<?> adviceClass =
        found.classLoader(agent, loader, plugin).loadClass(plugin + "." + advice);
    String missing = found.check(adviceClass);
    if (missing != null) {
      counts.refused(plugin, missing);
      throw new PluginRefusedException(missing);
    }
    // Here is room for it, at the first call of a method of the class there may be none.
    return Class.forName(adviceClass.getName(), true, adviceClass.getClassLoader());
  }

  /**
   * What a call of the same kind has been linked to; null if there was none yet.
   *
   * @param loader null for the bootstrap loader
   * @throws PluginRefusedException if there never will be
   */
  @Nullable MethodHandle linked(@Nullable ClassLoader loader, AdviceCall call) {
    Plugin plugin = plugin(loader, call.plugin);
    PluginClassLoader classLoader = plugin.existing();
    MethodHandle linked = classLoader == null ? null : classLoader.linked(call);
    if (linked == null && plugin.missing != null) {
      throw new PluginRefusedException(plugin.missing);
    }
    return linked;
  }

  /** The handle that the call is linked to from now on, which may be another thread's. */
  static MethodHandle keep(Class<?> advice, AdviceCall call, MethodHandle made) {
    return ((PluginClassLoader) advice.getClassLoader()).keep(call, made);
  }

  /** Begins anew with classes that may have failed to be initialized, if nothing refers to them. */
  void forgetUnused(@Nullable ClassLoader loader, String plugin) {
    plugin(loader, plugin).forgetUnused();
  }

  private synchronized Plugin plugin(@Nullable ClassLoader loader, String name) {
    Map<String, Plugin> ofLoader = ofLoader(loader);
    Plugin plugin = ofLoader.get(name);
    if (plugin == null) {
      plugin = new Plugin();
      ofLoader.put(name, plugin);
    }
    return plugin;
  }

  private Map<String, Plugin> ofLoader(@Nullable ClassLoader loader) {
    if (loader == null) {
      return ofBootstrap;
    }
    Map<String, Plugin> ofLoader = plugins.get(loader);
    if (ofLoader == null) {
      ofLoader = new HashMap<>();
      plugins.put(loader, ofLoader);
    }
    return ofLoader;
  }

  /** One library package in one application class loader. */
  private final class Plugin {

    private final Map<String, Boolean> checked = new ConcurrentHashMap<>();
    private @Nullable WeakReference<PluginClassLoader> classLoader;
    private volatile @Nullable String missing;

    synchronized PluginClassLoader classLoader(
        ClassLoader agent, @Nullable ClassLoader application, String name) {
      PluginClassLoader existing = classLoader == null ? null : classLoader.get();
      if (existing != null) {
        return existing;
      }
      PluginClassLoader made =
          new PluginClassLoader(PluginClassLoaders.this, agent, application, name);
      List<String> packages = opens.get(name);
      if (packages != null && !packages.isEmpty()) {
        opener.open(packages, made);
      }
      classLoader = new WeakReference<>(made);
      return made;
    }

    synchronized @Nullable PluginClassLoader existing() {
      return classLoader == null ? null : classLoader.get();
    }

    synchronized void forgetUnused() {
      PluginClassLoader existing = existing();
      if (existing != null && existing.abandon()) {
        classLoader = null;
        checked.clear();
      }
    }

    /**
     * What the library lacks; null if it has all that this advice uses. No lock is held: the check
     * loads classes through the application's loader, which may wait for another thread's link.
     */
    @Nullable String check(Class<?> advice) {
      if (missing == null && !checked.containsKey(advice.getName())) {
        String found = LinkCheck.missing(advice, agent);
        if (checked.put(advice.getName(), Boolean.TRUE) == null && found != null) {
          AdviceErrors.failedLink(advice.getName() + " stays out: " + found);
        }
        if (found != null) {
          missing = found;
        }
      }
      return missing;
    }
  }
}
