package io.otlpagent.instrumentation.indy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Calls out of class files that are older than invokedynamic (Java 6 and before): each woven call
 * has a number here and is linked at its first use.
 */
public final class OldCallSites {

  private final AdviceLinker linker;
  private final CopyOnWriteArrayList<Site> sites = new CopyOnWriteArrayList<>();

  public OldCallSites(AdviceLinker linker) {
    this.linker = linker;
  }

  /** The number of a new call site; {@code loader} is that of the class being woven. */
  public synchronized int add(
      @Nullable ClassLoader loader, String name, MethodType type, String plugin, String advice) {
    sites.add(new Site(loader, name, type, plugin, advice));
    return sites.size() - 1;
  }

  /** What the dispatcher calls. */
  public @Nullable Object call(int number, @Nullable Object[] arguments) throws Throwable {
    return sites.get(number).handle().invokeExact(arguments);
  }

  /** One woven call. */
  private final class Site {

    private final @Nullable WeakReference<ClassLoader> loader;
    private final String name;
    private final MethodType type;
    private final String plugin;
    private final String advice;
    private volatile @Nullable MethodHandle handle;
    private volatile boolean refused;

    Site(@Nullable ClassLoader loader, String name, MethodType type, String plugin, String advice) {
      this.loader = loader == null ? null : new WeakReference<>(loader);
      this.name = name;
      this.type = type;
      this.plugin = plugin;
      this.advice = advice;
    }

    MethodHandle handle() {
      MethodHandle linked = handle;
      if (linked == null) {
        if (refused) {
          throw new PluginRefusedException(advice, new LinkageError(advice));
        }
        linked = link();
        handle = linked;
      }
      return linked;
    }

    private MethodHandle link() {
      try {
        return linker
            .handle(loader == null ? null : loader.get(), name, type, plugin, advice)
            .asSpreader(Object[].class, type.parameterCount())
            .asType(MethodType.methodType(Object.class, Object[].class));
      } catch (PluginRefusedException e) {
        refused = true;
        throw e;
      }
    }
  }
}
