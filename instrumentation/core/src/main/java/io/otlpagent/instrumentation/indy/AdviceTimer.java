package io.otlpagent.instrumentation.indy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How long the advice of one instrumentation takes, for {@code debug.profiling}: calls are linked
 * through a clock then, and as ever otherwise. Written by application threads, read by the
 * endpoint.
 */
public final class AdviceTimer {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  // Guarded by itself; asked once a call site.
  private static final Map<String, AdviceTimer> TIMERS = new TreeMap<>();

  private final LongAdder nanos = new LongAdder();
  private final LongAdder calls = new LongAdder();

  private AdviceTimer() {}

  /** A copy, by the last part of the plugin's name, such as {@code jdbc}. */
  public static Map<String, AdviceTimer> all() {
    synchronized (TIMERS) {
      return new TreeMap<>(TIMERS);
    }
  }

  /** The time of all calls, the clock's own included: some 40 ns a call. */
  public long nanos() {
    return nanos.sum();
  }

  public long calls() {
    return calls.sum();
  }

  /** The same handle with a clock around it. The handle must not throw. */
  static MethodHandle timed(MethodHandle target, String plugin)
      throws ReflectiveOperationException {
    AdviceTimer timer = of(plugin.substring(plugin.lastIndexOf('.') + 1));
    MethodType type = target.type();
    Class<?> result = type.returnType();
    MethodHandle afterStart = MethodHandles.dropArguments(target, 0, long.class);
    MethodHandle end;
    if (result == void.class) {
      MethodHandle done = LOOKUP.bind(timer, "done", MethodType.methodType(void.class, long.class));
      end = MethodHandles.dropArguments(done, 1, type.parameterList());
    } else {
      MethodHandle done =
          LOOKUP.bind(timer, "done", MethodType.methodType(Object.class, Object.class, long.class));
      MethodHandle typed = done.asType(MethodType.methodType(result, result, long.class));
      end = MethodHandles.dropArguments(typed, 2, type.parameterList());
    }
    MethodHandle clock =
        LOOKUP.findStatic(System.class, "nanoTime", MethodType.methodType(long.class));
    return MethodHandles.foldArguments(MethodHandles.foldArguments(end, afterStart), clock);
  }

  private static AdviceTimer of(String name) {
    synchronized (TIMERS) {
      AdviceTimer timer = TIMERS.get(name);
      if (timer == null) {
        timer = new AdviceTimer();
        TIMERS.put(name, timer);
      }
      return timer;
    }
  }

  // Called through method handles only.
  void done(long startNanoTime) {
    nanos.add(System.nanoTime() - startNanoTime);
    calls.increment();
  }

  @Nullable Object done(@Nullable Object result, long startNanoTime) {
    done(startNanoTime);
    return result;
  }
}
