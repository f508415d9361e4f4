package io.otlpagent.instrumentation.testing.server;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls public methods by name, so that one test starts all versions of a server. */
final class Reflective {

  private Reflective() {}

  static Object create(ClassLoader loader, String className, Object... arguments) {
    try {
      for (Constructor<?> constructor : loader.loadClass(className).getConstructors()) {
        if (accepts(constructor.getParameterTypes(), arguments)) {
          return constructor.newInstance(arguments);
        }
      }
      throw new IllegalArgumentException("no such constructor of " + className);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(className, e);
    }
  }

  static Object call(Object target, String name, @Nullable Object... arguments) {
    return call(target.getClass(), target, name, arguments);
  }

  static Object callStatic(
      ClassLoader loader, String className, String name, @Nullable Object... arguments) {
    try {
      return call(loader.loadClass(className), null, name, arguments);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(className, e);
    }
  }

  private static Object call(
      Class<?> type, @Nullable Object target, String name, @Nullable Object[] arguments) {
    try {
      for (Method method : type.getMethods()) {
        if (method.getName().equals(name)
            && !method.isBridge()
            && accepts(method.getParameterTypes(), arguments)) {
          method.setAccessible(true);
          Object result = method.invoke(target, arguments);
          return result == null ? "" : result;
        }
      }
      throw new IllegalArgumentException("no method " + name + " of " + type);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(name, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static boolean accepts(Class<?>[] types, @Nullable Object[] arguments) {
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      Object argument = arguments[i];
      boolean fits =
          types[i] == int.class
              ? argument instanceof Integer
              : types[i] == boolean.class
                  ? argument instanceof Boolean
                  : types[i] == long.class
                      ? argument instanceof Long
                      : argument == null || types[i].isInstance(argument);
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
