package io.otlpagent.instrumentation.library.executors;

import io.otlpagent.instrumentation.util.Privileged;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/** Handles to private members of the JDK, in packages that the module opens. Used at link time. */
final class Internals {

  private Internals() {}

  /**
   * A getter of type {@code (Object)type}.
   *
   * @param className binary name of a class of the bootstrap loader
   */
  static MethodHandle getter(String className, String field, Class<?> type) {
    return privileged(
        new PrivilegedAction<MethodHandle>() {
          @Override
          public MethodHandle run() {
            return findGetter(className, field, type);
          }
        });
  }

  static MethodHandle method(Class<?> type, String name, Class<?>... parameters) {
    return privileged(
        new PrivilegedAction<MethodHandle>() {
          @Override
          public MethodHandle run() {
            return findMethod(type, name, parameters);
          }
        });
  }

  /** Whoever comes first links: it may be code that may not look into the JDK. */
  static <T extends @Nullable Object> T privileged(PrivilegedAction<T> action) {
    return Privileged.needed() ? Privileged.get(action) : action.run();
  }

  /**
   * Whether an object's own methods are the JDK's. By the name of its class, which nobody else may
   * give to one of his: under a security manager not everybody may ask for its loader.
   */
  static boolean isOfJdk(Object object) {
    return object.getClass().getName().startsWith("java.");
  }

  private static MethodHandle findGetter(String className, String field, Class<?> type) {
    try {
      Field found = Class.forName(className, false, null).getDeclaredField(field);
      found.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectGetter(found)
          .asType(MethodType.methodType(type, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className + "." + field, e);
    }
  }

  private static MethodHandle findMethod(Class<?> type, String name, Class<?>[] parameters) {
    try {
      Method found = type.getDeclaredMethod(name, parameters);
      found.setAccessible(true);
      return MethodHandles.lookup().unreflect(found);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + "." + name, e);
    }
  }
}
