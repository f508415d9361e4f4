package io.otlpagent.instrumentation.indy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class AdviceTimerTest {

  private static int ran;

  @Test
  void timedCallsDoTheSameAndAreCounted() throws Throwable {
    MethodHandle join = timed("join", String.class, String.class, int.class);
    MethodHandle same = timed("same", boolean.class, boolean.class);
    MethodHandle run = timed("run", void.class, Object.class);

    assertThat((String) join.invokeExact("a", 1)).isEqualTo("a1");
    assertThat((boolean) same.invokeExact(true)).isTrue();
    run.invokeExact((Object) "x");

    assertThat(ran).isEqualTo(1);
    AdviceTimer timer = Objects.requireNonNull(AdviceTimer.all().get("timed"));
    assertThat(timer.calls()).isEqualTo(3);
    assertThat(timer.nanos()).isPositive();
  }

  static String join(String text, int number) {
    return text + number;
  }

  static boolean same(boolean value) {
    return value;
  }

  static void run(Object unused) {
    ran++;
  }

  private static MethodHandle timed(String method, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    MethodType type = MethodType.methodType(result, parameters);
    MethodHandle target = MethodHandles.lookup().findStatic(AdviceTimerTest.class, method, type);
    MethodHandle timed = AdviceTimer.timed(target, "io.otlpagent.timed");
    assertThat(timed.type()).isEqualTo(type);
    return timed;
  }
}
