package io.otlpagent.instrumentation.library.executors;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ThreadFactory;

/** Virtual threads of Java 21, for tests that are compiled for an older one. */
final class VirtualThreads {

  private VirtualThreads() {}

  static Thread started(Runnable task) {
    return (Thread)
        call(null, Thread.class, "startVirtualThread", new Class<?>[] {Runnable.class}, task);
  }

  static Thread unstarted(Runnable task) {
    return (Thread) build("unstarted", new Class<?>[] {Runnable.class}, task);
  }

  static Thread startedByBuilder(Runnable task) {
    return (Thread) build("start", new Class<?>[] {Runnable.class}, task);
  }

  static ThreadFactory factory() {
    return (ThreadFactory) build("factory", new Class<?>[0]);
  }

  private static Object build(String method, Class<?>[] parameters, Object... arguments) {
    try {
      Object builder = call(null, Thread.class, "ofVirtual", new Class<?>[0]);
      return call(
          builder, Class.forName("java.lang.Thread$Builder"), method, parameters, arguments);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(
      Object target, Class<?> owner, String method, Class<?>[] parameters, Object... arguments) {
    try {
      return owner.getMethod(method, parameters).invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
