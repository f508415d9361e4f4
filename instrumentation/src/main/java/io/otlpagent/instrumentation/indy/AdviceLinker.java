package io.otlpagent.instrumentation.indy;

import io.otlpagent.instrumentation.util.Privileged;
import io.otlpagent.instrumentation.util.Supertypes;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Links a woven call to the advice method in the plugin of the calling class's loader. Runs once a
 * call site, on the thread that makes the first call.
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
   * @return null for a call that is to change nothing
   */
  public @Nullable CallSite link(
      MethodHandles.Lookup lookup, String name, MethodType type, String plugin, String advice) {
    MethodHandle handle = handle(lookup.lookupClass(), name, type, plugin, advice);
    return handle == null ? null : new ConstantCallSite(handle);
  }

  /**
   * A handle of exactly that type which never throws; null if the calling class is not of the type
   * that the call is for.
   *
   * @param caller the woven class
   * @param target the advice class, perhaps with a condition
   */
  @Nullable MethodHandle handle(
      Class<?> caller, String name, MethodType type, String plugin, String target) {
    int condition = target.indexOf(IF_SUBTYPE_OF);
    if (condition < 0) {
      return handle(loader(caller), name, type, plugin, target);
    }
    if (!Supertypes.include(caller, target.substring(condition + 1))) {
      return null;
    }
    String advice = target.substring(0, condition);
    MethodHandle handle = handle(loader(caller), name, type, plugin, advice);
    plugins.counts().confirmed(plugin, caller);
    return handle;
  }

  /**
   * The same without a condition.
   *
   * @param loader of the woven class; null for the bootstrap loader
   */
  MethodHandle handle(
      @Nullable ClassLoader loader, String name, MethodType type, String plugin, String advice) {
    if (!Privileged.needed()) {
      return linked(loader, name, type, plugin, advice);
    }
    return Privileged.get(
        new PrivilegedAction<MethodHandle>() {
          @Override
          public MethodHandle run() {
            return linked(loader, name, type, plugin, advice);
          }
        });
  }

  private MethodHandle linked(
      @Nullable ClassLoader loader, String name, MethodType type, String plugin, String advice) {
    try {
      boolean replacing = name.endsWith(REPLACING);
      String method = replacing ? name.substring(0, name.length() - REPLACING.length()) : name;
      Class<?> adviceClass = plugins.load(loader, plugin, advice);
      if (Privileged.needed()) {
        // Its first call would initialize it with the permissions of the application.
        Class.forName(adviceClass.getName(), true, adviceClass.getClassLoader());
      }
      MethodHandle target = LOOKUP.unreflect(method(adviceClass, method));
      MethodHandle linked = replacing ? replacing(target, type) : guarded(target.asType(type));
      plugins.counts().linked(plugin);
      return timed ? AdviceTimer.timed(linked, plugin) : linked;
    } catch (PluginRefusedException e) {
      // Counted and explained when the plugin was refused; its other calls are no news.
      throw e;
    } catch (Throwable e) {
      AdviceErrors.failedLink(
          plugin + "." + advice + "." + name + " for " + name(loader) + ": " + Failure.describe(e));
      throw new PluginRefusedException(advice, e);
    }
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

  private static Method method(Class<?> adviceClass, String name) throws NoSuchMethodException {
    for (Method method : adviceClass.getMethods()) {
      if (method.getName().equals(name) && method.getDeclaringClass() == adviceClass) {
        return method;
      }
    }
    throw new NoSuchMethodException(adviceClass.getName() + "." + name);
  }

  private static MethodHandle replacing(MethodHandle target, MethodType type) throws Exception {
    int last = type.parameterCount() - 1;
    MethodType withoutOriginal = type.dropParameterTypes(last, last + 1);
    MethodHandle replacement =
        LOOKUP.findStatic(
            AdviceErrors.class,
            "replacement",
            MethodType.methodType(Object.class, Object.class, Object.class));
    return MethodHandles.collectArguments(
            replacement, 0, guarded(target.asType(withoutOriginal.changeReturnType(Object.class))))
        .asType(type);
  }

  private static MethodHandle guarded(MethodHandle target) throws Exception {
    Class<?> result = target.type().returnType();
    String handler;
    if (result == void.class) {
      handler = "suppress";
    } else if (result == boolean.class) {
      handler = "suppressBoolean";
    } else if (result == int.class) {
      handler = "suppressInt";
    } else if (result == long.class) {
      handler = "suppressLong";
    } else {
      handler = "suppressObject";
    }
    MethodHandle catcher =
        LOOKUP.findStatic(
            AdviceErrors.class, handler, MethodType.methodType(result, Throwable.class));
    return MethodHandles.catchException(target, Throwable.class, catcher);
  }
}
