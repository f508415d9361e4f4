package io.otlpagent.instrumentation.util;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Finds methods and fields of JDK classes that no module exports, for a plugin whose module opens
 * their package. The handles know the class as {@link Object}, so that nothing need name it; keep
 * them in static final fields, where the JIT sees through them.
 */
public final class JdkInternals {

  /** {@code MethodHandles.privateLookupIn}, since Java 9; null before, when nothing is closed. */
  private static final @Nullable Method PRIVATE_LOOKUP_IN = privateLookupIn();

  private final MethodHandles.Lookup plugin;

  /**
   * @param plugin made in a class of the plugin, whose module the packages are open to
   */
  public JdkInternals(MethodHandles.Lookup plugin) {
    this.plugin = plugin;
  }

  /**
   * A method as a handle.
   *
   * @param type of the handle: the object first, then the arguments
   * @param parameters as the method declares them
   * @throws LinkageError if this JDK has no such method
   */
  public MethodHandle method(
      String className, String name, MethodType type, Class<?>... parameters) {
    if (!Privileged.needed()) {
      return findMethod(className, name, type, parameters);
    }
    return Privileged.get(
        new PrivilegedAction<MethodHandle>() {
          @Override
          public MethodHandle run() {
            return findMethod(className, name, type, parameters);
          }
        });
  }

  private MethodHandle findMethod(
      String className, String name, MethodType type, Class<?>[] parameters) {
    try {
      Class<?> owner = owner(className);
      Method method = owner.getDeclaredMethod(name, parameters);
      if (PRIVATE_LOOKUP_IN == null) {
        method.setAccessible(true);
      }
      return lookup(owner).unreflect(method).asType(type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className + "." + name + " is not in this JDK", e);
    }
  }

  /**
   * A handle that reads a field.
   *
   * @param type that the handle returns
   * @throws LinkageError if this JDK has no such field
   */
  public MethodHandle field(String className, String name, Class<?> type) {
    if (!Privileged.needed()) {
      return findField(className, name, type);
    }
    return Privileged.get(
        new PrivilegedAction<MethodHandle>() {
          @Override
          public MethodHandle run() {
            return findField(className, name, type);
          }
        });
  }

  private MethodHandle findField(String className, String name, Class<?> type) {
    try {
      Class<?> owner = owner(className);
      Field field = owner.getDeclaredField(name);
      if (PRIVATE_LOOKUP_IN == null) {
        field.setAccessible(true);
      }
      return lookup(owner).unreflectGetter(field).asType(MethodType.methodType(type, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className + "." + name + " is not in this JDK", e);
    }
  }

  /**
   * Throws what a handle threw, which the compiler takes for checked.
   *
   * @return never; the type is for the caller, which throws it
   */
  @SuppressWarnings("unchecked") // Erased: nothing is cast.
  public static <E extends Throwable> RuntimeException rethrow(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /**
   * Whether an object's own methods are the JDK's. By the name of its class, which nobody else may
   * give to one of his: under a security manager not everybody may ask for its loader.
   */
  public static boolean isOfJdk(Object object) {
    return object.getClass().getName().startsWith("java.");
  }

  private MethodHandles.Lookup lookup(Class<?> owner) throws ReflectiveOperationException {
    if (PRIVATE_LOOKUP_IN == null) {
      return plugin;
    }
    Object lookup = PRIVATE_LOOKUP_IN.invoke(null, owner, plugin);
    return (MethodHandles.Lookup) lookup;
  }

  /** The plugin sees what the woven class sees: not all of the JDK is in the bootstrap loader. */
  private Class<?> owner(String className) throws ClassNotFoundException {
    return Class.forName(className, false, plugin.lookupClass().getClassLoader());
  }

  private static @Nullable Method privateLookupIn() {
    try {
      return MethodHandles.class.getMethod(
          "privateLookupIn", Class.class, MethodHandles.Lookup.class);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
