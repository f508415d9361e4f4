package io.otlpagent.instrumentation.indy;

import io.otlpagent.instrumentation.util.WeakMap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Calls out of class files that are older than invokedynamic (Java 6 and before): each woven call
 * has a number here and is linked at its first use. The table keeps no application alive: what a
 * call is linked to lives as long as the class that makes the call, and numbers of loaders that are
 * gone are given out again.
 */
public final class OldCallSites {

  private static final int INITIAL_SIZE = 16;

  private final AdviceLinker linker;

  // Guarded by this: by the identity of loaders, the numbers by what they call.
  private final WeakMap<ClassLoader, Map<String, Integer>> numbers = new WeakMap<>(64);
  private final Map<String, Integer> ofBootstrap = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private int next;

  // Written under the lock, read by callers; written again after each change of an element.
  private volatile @Nullable Site[] sites = new Site[INITIAL_SIZE];

  public OldCallSites(AdviceLinker linker) {
    this.linker = linker;
  }

  /**
   * The calls out of one class.
   *
   * @param loader of the class
   * @param name of the class, with dots
   */
  public Caller caller(@Nullable ClassLoader loader, String name) {
    return new Caller(loader, name);
  }

  /** What the dispatcher calls. */
  public @Nullable Object call(int number, @Nullable Object[] arguments) throws Throwable {
    Site site = sites[number];
    if (site == null) {
      throw new IllegalStateException("no call site " + number);
    }
    MethodHandle handle = site.handle();
    return handle == null ? site.unchanged(arguments) : handle.invokeExact(arguments);
  }

  private synchronized int number(Caller caller, String call, Site made) {
    Map<String, Integer> ofLoader = ofLoader(caller.loader);
    Integer known = ofLoader.get(call);
    if (known != null) {
      return known;
    }
    int number = freeNumber();
    ofLoader.put(call, number);
    Site[] changed = sites;
    changed[number] = made;
    sites = changed;
    return number;
  }

  private Map<String, Integer> ofLoader(@Nullable ClassLoader loader) {
    if (loader == null) {
      return ofBootstrap;
    }
    Map<String, Integer> ofLoader = numbers.get(loader);
    if (ofLoader == null) {
      ofLoader = new HashMap<>();
      numbers.put(loader, ofLoader);
    }
    return ofLoader;
  }

  private int freeNumber() {
    if (free.isEmpty() && next == sites.length) {
      for (int i = 0; i < next; i++) {
        Site site = sites[i];
        if (site != null && site.isGone()) {
          sites[i] = null;
          free.add(i);
        }
      }
      if (free.size() < next / 2) {
        // Else the next search would come too soon.
        sites = Arrays.copyOf(sites, 2 * next);
      }
    }
    Integer number = free.poll();
    return number == null ? next++ : number;
  }

  /** A class of an old version that is being woven. */
  public final class Caller {

    private final @Nullable ClassLoader loader;
    private final String name;

    private Caller(@Nullable ClassLoader loader, String name) {
      this.loader = loader;
      this.name = name;
    }

    /** The number of a call, which is the same each time that the class is woven. */
    public int number(String method, MethodType type, String plugin, String target, String exit) {
      AdviceCall call = new AdviceCall(method, type, plugin, target, exit);
      return OldCallSites.this.number(this, name + ' ' + call.identity(), new Site(this, call));
    }
  }

  /** One woven call. */
  private final class Site {

    private final @Nullable WeakReference<ClassLoader> loader;
    private final String caller;
    private final AdviceCall call;
    private final LinkAttempts attempts = new LinkAttempts();
    private volatile @Nullable WeakReference<MethodHandle> handle;
    private volatile boolean refused;
    private volatile boolean met;
    private volatile boolean pointless;

    Site(Caller caller, AdviceCall call) {
      this.loader = caller.loader == null ? null : new WeakReference<>(caller.loader);
      this.caller = caller.name;
      this.call = call;
    }

    boolean isGone() {
      return loader != null && loader.get() == null;
    }

    /**
     * What the call is linked to; null if it is to change nothing. Throws if it is not linked,
     * which the dispatcher answers by changing nothing too.
     */
    @Nullable MethodHandle handle() throws ClassNotFoundException {
      WeakReference<MethodHandle> reference = handle;
      MethodHandle linked = reference == null ? null : reference.get();
      if (linked == null && !pointless) {
        if (refused) {
          throw new PluginRefusedException(call.advice);
        }
        linked = link(loader == null ? null : loader.get());
        handle = new WeakReference<>(linked);
        pointless = linked == null;
      }
      return linked;
    }

    /** The result of a call that changes nothing. */
    @Nullable Object unchanged(@Nullable Object[] arguments) {
      return call.name.endsWith(AdviceLinker.REPLACING) ? arguments[arguments.length - 1] : null;
    }

    private @Nullable MethodHandle link(@Nullable ClassLoader loader)
        throws ClassNotFoundException {
      if (!met) {
        if (!linker.meets(caller(loader), call)) {
          return null;
        }
        met = true;
      }
      MethodHandle linked;
      try {
        linked = linker.attempt(loader, call, attempts);
      } catch (PluginRefusedException e) {
        refused = true;
        throw e;
      }
      if (linked == null) {
        throw new PluginRefusedException(call.advice);
      }
      MethodHandle spread =
          linked
              .asSpreader(Object[].class, call.type.parameterCount())
              .asType(MethodType.methodType(Object.class, Object[].class));
      Linked.HANDLES.get(caller(loader)).add(spread);
      return spread;
    }

    /** The class is running, so the JVM knows it and asks no class loader. */
    private Class<?> caller(@Nullable ClassLoader loader) throws ClassNotFoundException {
      return Class.forName(caller, false, loader);
    }
  }

  /** Holds the handles of a class's calls, as its constant pool holds those of newer classes. */
  private static final class Linked extends ClassValue<Queue<MethodHandle>> {

    static final Linked HANDLES = new Linked();

    @Override
    protected Queue<MethodHandle> computeValue(Class<?> type) {
      return new ConcurrentLinkedQueue<>();
    }
  }
}
