package io.otlpagent.instrumentation.library.executors;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** Handles to private members of the JDK, in packages that the module opens. Used at link time. */
final class Internals {

  private Internals() {}

  /**
   * A getter of type {@code (Object)type}.
   *
   * @param className binary name of a class of the bootstrap loader
   */
  static MethodHandle getter(String className, String field, Class<?> type) {
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

  static MethodHandle method(Class<?> type, String name, Class<?>... parameters) {
    try {
      Method found = type.getDeclaredMethod(name, parameters);
      found.setAccessible(true);
      return MethodHandles.lookup().unreflect(found);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + "." + name, e);
    }
  }
}
