package io.otlpagent.instrumentation.indy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.testing.WovenJvm;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application is given where the linker throws. */
final class DispatcherTest {

  private static final int NO_SUCH_SITE = Integer.MAX_VALUE;

  @BeforeEach
  void connect() {
    WovenJvm.weave();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        boolean.class,
        byte.class,
        char.class,
        short.class,
        int.class,
        long.class,
        float.class,
        double.class
      })
  void failedLinkGivesZero(Class<?> result) throws Throwable {
    MethodType type = MethodType.methodType(result, Object.class, long.class);

    Object zero = link("enter", type).getTarget().invokeWithArguments("this", 1L);

    assertThat(zero).isEqualTo(MethodHandles.zero(result).invokeWithArguments());
  }

  @Test
  void failedLinkGivesNullOrNothing() throws Throwable {
    MethodType state = MethodType.methodType(Object.class, Object.class);
    MethodType none = MethodType.methodType(void.class, Object.class);

    assertThat(link("enter", state).getTarget().invokeWithArguments("this")).isNull();
    assertThat(link("exit", none).getTarget().invokeWithArguments("this")).isNull();
  }

  @Test
  void failedLinkThatReplacesGivesTheOriginal() throws Throwable {
    MethodType type =
        MethodType.methodType(Object.class, Object.class, long.class, int.class, Object.class);

    CallSite site = link("exit" + AdviceLinker.REPLACING, type);

    assertThat(site.type()).isEqualTo(type);
    assertThat(site.getTarget().invokeWithArguments("this", 1L, 2, "original"))
        .isEqualTo("original");
  }

  @Test
  void failedCallByNumberGivesTheOriginalOnlyIfItReplaces() throws Exception {
    Object[] arguments = {"this", "original"};

    assertThat(call("callReplacing", arguments)).isEqualTo("original");
    assertThat(call("call", arguments)).isNull();
  }

  @Test
  void applicationCannotConnectSomethingElse() throws Exception {
    MethodHandle nothing = MethodHandles.constant(Object.class, null);

    assertThatThrownBy(
            () ->
                dispatcher()
                    .getMethod("install", MethodHandle.class, MethodHandle.class)
                    .invoke(null, nothing, nothing))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  private static CallSite link(String name, MethodType type) throws Exception {
    return (CallSite)
        dispatcher()
            .getMethod(
                "link",
                MethodHandles.Lookup.class,
                String.class,
                MethodType.class,
                String.class,
                String.class,
                String.class)
            .invoke(
                null,
                MethodHandles.lookup(),
                name,
                type,
                "io.otlpagent",
                "AdviceThatIsNotThere",
                "");
  }

  private static Object call(String method, Object[] arguments) throws Exception {
    return dispatcher()
        .getMethod(method, int.class, Object[].class)
        .invoke(null, NO_SUCH_SITE, arguments);
  }

  /** By reflection: package java.lang is closed to whatever is compiled for Java 9 and later. */
  private static Class<?> dispatcher() throws ClassNotFoundException {
    return Class.forName("java.lang.OtlpAgentDispatcher", true, null);
  }
}
