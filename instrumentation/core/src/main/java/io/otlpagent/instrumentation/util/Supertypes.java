package io.otlpagent.instrumentation.util;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
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
    // Interfaces of interfaces may be reached on more paths than there are types by far.
    Set<Class<?>> seen = new HashSet<>();
    Deque<Class<?>> todo = new ArrayDeque<>();
    todo.add(type);
    for (Class<?> each = todo.poll(); each != null; each = todo.poll()) {
      if (each != type && each.getName().equals(name)) {
        return true;
      }
      add(each.getSuperclass(), seen, todo);
      for (Class<?> above : each.getInterfaces()) {
        add(above, seen, todo);
      }
    }
    return false;
  }

  private static void add(@Nullable Class<?> type, Set<Class<?>> seen, Deque<Class<?>> todo) {
    if (type != null && type != Object.class && seen.add(type)) {
      todo.add(type);
    }
  }
}
