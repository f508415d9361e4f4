package io.otlpagent.instrumentation.util;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes and interfaces above a loaded class. They are loaded too, so that nothing is loaded
 * and no class loader is asked. Any thread.
 */
public final class Supertypes {

  private Supertypes() {}

  /**
   * Whether a class extends or implements another type, directly or not.
   *
   * @param name the type's binary name, in whatever class loader
   */
  public static boolean include(Class<?> type, String name) {
    for (Class<?> above : of(type)) {
      if (above.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** All of them but {@link Object}, each once. */
  public static Set<Class<?>> of(Class<?> type) {
    // Interfaces of interfaces may be reached on more paths than there are types by far.
    Set<Class<?>> seen = new LinkedHashSet<>();
    Deque<Class<?>> todo = new ArrayDeque<>();
    todo.add(type);
    for (Class<?> each = todo.poll(); each != null; each = todo.poll()) {
      add(each.getSuperclass(), seen, todo);
      for (Class<?> above : each.getInterfaces()) {
        add(above, seen, todo);
      }
    }
    return seen;
  }

  private static void add(@Nullable Class<?> type, Set<Class<?>> seen, Deque<Class<?>> todo) {
    if (type != null && type != Object.class && seen.add(type)) {
      todo.add(type);
    }
  }
}
