package io.otlpagent.instrumentation.indy;

import io.otlpagent.instrumentation.util.Privileged;
import io.otlpagent.instrumentation.util.Supertypes;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Links a woven call to the advice method in the plugin of the calling class's loader. Runs once a
 * call site, on the thread that makes the first call; again at later calls if what failed may pass.
 *
 * <p>An enter method and its exit are linked together: an exit that comes later takes what was made
 * with its enter, and waits if there is nothing yet. So no span is entered that cannot be left.
 *
 * <p>The name of a call is the name of the advice method; with the suffix {@value #REPLACING} its
 * last argument is the value that the advice may replace. The name of an advice class may end with
 * a condition: {@value #IF_SUBTYPE_OF} and the type that the calling class must be a subtype of.
 * Now that the class runs, it is known; when it was woven, its supertypes had not been loaded.
 */
public final class AdviceLinker {

  /** Ends the name of a call whose result replaces an argument or the returned value. */
  public static final String REPLACING = OtlpAgentDispatcher.REPLACING;

  /** Stands between an advice class and the condition under which it is called. */
  public static final char IF_SUBTYPE_OF = ':';

  /** What stands for the exit in the call of an exit that belongs to an enter. */
  public static final String AFTER_ENTER = "<";

  /** Ends the name of the method that is called in the place of an advice method. */
  private static final String BRIDGE = "$bridge";

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final PluginClassLoaders plugins;
  private final boolean timed;

  public AdviceLinker(PluginClassLoaders plugins) {
    this(plugins, false);
  }

  /**
   * @param timed whether each call is linked through a clock
   */
  public AdviceLinker(PluginClassLoaders plugins, boolean timed) {
    this.plugins = plugins;
    this.timed = timed;
  }

  /** What has been linked so far. */
  public LinkCounts counts() {
    return plugins.counts();
  }

  /**
   * The bootstrap method behind the dispatcher.
   *
   * @param target the advice class, perhaps with a condition
   * @return null for a call that is to change nothing
   */
  public @Nullable CallSite link(
      MethodHandles.Lookup lookup,
      String name,
      MethodType type,
      String plugin,
      String target,
      String exit)
      throws ReflectiveOperationException {
    Class<?> caller = lookup.lookupClass();
    AdviceCall call = new AdviceCall(name, type, plugin, target, exit);
    if (!meets(caller, call)) {
      return null;
    }
    ClassLoader loader = loader(caller);
    LinkAttempts attempts = new LinkAttempts();
    MethodHandle linked = attempt(loader, call, attempts);
    if (linked != null) {
      return new ConstantCallSite(linked);
    }
    // It is asked at once, for the call that has led here.
    attempts.skip();
    return new RetryingCallSite(this, loader, call, attempts);
  }

  /**
   * Whether the calling class is of the type that the call is for. It stays so: a call that is not
   * to be linked needs no question again.
   *
   * @param caller the woven class
   */
  boolean meets(Class<?> caller, AdviceCall call) {
    if (call.condition == null) {
      return true;
    }
    if (!Supertypes.include(caller, call.condition)) {
      return false;
    }
    plugins.counts().confirmed(call.plugin, caller);
    return true;
  }

  /**
   * Counts a call that is not linked, and links it if it is time to try. Its condition is met.
   *
   * @param loader of the woven class; null for the bootstrap loader
   * @return a handle of exactly the call's type which never throws; null if a later call may try
   * @throws PluginRefusedException if no later call needs to try
   */
  @Nullable MethodHandle attempt(
      @Nullable ClassLoader loader, AdviceCall call, LinkAttempts attempts) {
    if (!Privileged.needed()) {
      return attempted(loader, call, attempts);
    }
    return Privileged.get(
        new PrivilegedAction<@Nullable MethodHandle>() {
          @Override
          public @Nullable MethodHandle run() {
            return attempted(loader, call, attempts);
          }
        });
  }

  private @Nullable MethodHandle attempted(
      @Nullable ClassLoader loader, AdviceCall call, LinkAttempts attempts) {
    MethodHandle known = plugins.linked(loader, call);
    if (known != null) {
      plugins.counts().linked(call.plugin);
      return known;
    }
    if (call.followsEnter()) {
      // Counted where its enter is.
      return attempts.waited() ? refuse(call, loader, "its enter is not linked") : null;
    }
    if (!attempts.due()) {
      return null;
    }
    if (!StackRoom.enough()) {
      return later(attempts.crowded(), call, loader, "the stack is nearly full");
    }
    return tried(loader, call, attempts);
  }

  private @Nullable MethodHandle tried(
      @Nullable ClassLoader loader, AdviceCall call, LinkAttempts attempts) {
    try {
      MethodHandle linked = make(loader, call);
      plugins.counts().linked(call.plugin);
      return linked;
    } catch (PluginRefusedException e) {
      // Counted and explained when the plugin was refused; its other calls are no news.
      throw e;
    } catch (ReflectiveOperationException e) {
      return refuse(call, loader, Failure.describe(e));
    } catch (Throwable e) {
      plugins.forgetUnused(loader, call.plugin);
      return later(attempts.failed(), call, loader, Failure.describe(e));
    }
  }

  private static @Nullable MethodHandle later(
      boolean last, AdviceCall call, @Nullable ClassLoader loader, String why) {
    if (last) {
      return refuse(call, loader, why);
    }
    AdviceErrors.postponedLink(call + " for " + name(loader) + ": " + why);
    return null;
  }

  private static MethodHandle refuse(AdviceCall call, @Nullable ClassLoader loader, String why) {
    AdviceErrors.failedLink(call + " for " + name(loader) + ": " + why);
    throw new PluginRefusedException(call.advice);
  }

  private MethodHandle make(@Nullable ClassLoader loader, AdviceCall call) throws Exception {
    Class<?> advice = plugins.load(loader, call.plugin, call.advice);
    if (call.hasExit()) {
      AdviceCall exit = call.exit();
      PluginClassLoaders.keep(advice, exit, handle(advice, exit));
    }
    return PluginClassLoaders.keep(advice, call, handle(advice, call));
  }

  /** The bridge that the build has written beside the method: it takes objects and never throws. */
  private MethodHandle handle(Class<?> advice, AdviceCall call) throws Exception {
    String name = call.name;
    boolean replacing = name.endsWith(REPLACING);
    String method = replacing ? name.substring(0, name.length() - REPLACING.length()) : name;
    MethodHandle linked = LOOKUP.findStatic(advice, method + BRIDGE, call.type);
    return timed ? AdviceTimer.timed(linked, call.plugin) : linked;
  }

  /** Its own {@code toString()} is foreign code. */
  private static String name(@Nullable ClassLoader loader) {
    return loader == null
        ? "the bootstrap loader"
        : loader.getClass().getName() + '@' + Integer.toHexString(System.identityHashCode(loader));
  }

  private static @Nullable ClassLoader loader(Class<?> type) {
    if (!Privileged.needed()) {
      return type.getClassLoader();
    }
    return Privileged.get(
        new PrivilegedAction<@Nullable ClassLoader>() {
          @Override
          public @Nullable ClassLoader run() {
            return type.getClassLoader();
          }
        });
  }
}
