package io.otlpagent.instrumentation.indy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdviceErrorsTest {

  @Test
  void exceptionIsKeptAsTextOnly() {
    WeakReference<Throwable> thrown = suppress();

    assertThat(AdviceErrors.lastError()).isNotNull();
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(thrown.get()).isNull();
            });
  }

  private static WeakReference<Throwable> suppress() {
    Throwable thrown = new IllegalStateException("of an application");
    AdviceErrors.suppress(thrown);
    return new WeakReference<>(thrown);
  }

  @Test
  void exceptionIsDescribedWithItsPlace() {
    assertThat(Failure.describe(new IllegalStateException("m")))
        .startsWith(
            "java.lang.IllegalStateException: m at " + AdviceErrorsTest.class.getName() + ".");
    assertThat(Failure.describe(new IllegalStateException()))
        .startsWith("java.lang.IllegalStateException at ");
    assertThat(Failure.describe(new IllegalStateException("m".repeat(10_000))))
        .hasSizeLessThan(900);
  }

  @Test
  void exceptionOfAnApplicationIsNotAskedForAnything() throws Exception {
    assertThat(Failure.describe((Throwable) Foreign.load().getDeclaredConstructor().newInstance()))
        .isEqualTo(Lying.class.getName());
  }

  @Test
  void failedLinkDoesNotAskTheLoaderForItsName() {
    AdviceLinker linker =
        new AdviceLinker(
            new PluginClassLoaders(
                getClass().getClassLoader(), Map.of(), (packages, plugin) -> {}));
    ClassLoader loader = new PluginClassLoadersTest.FailingLoader();

    assertThatThrownBy(
            () ->
                linker.attempt(
                    loader,
                    new AdviceCall(
                        "enter", MethodType.methodType(void.class), "a.plugin", "Absent", ""),
                    new LinkAttempts()))
        .isInstanceOf(PluginRefusedException.class);

    assertThat(AdviceErrors.lastFailedLink()).contains(loader.getClass().getName() + "@");
  }

  /** An exception whose every method fails. */
  public static final class Lying extends RuntimeException {

    @Override
    public String getMessage() {
      throw new IllegalStateException("getMessage");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("getStackTrace");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("toString");
    }
  }

  /** Defines that exception as an application would. */
  private static final class Foreign extends ClassLoader {

    static Class<?> load() {
      byte[] bytes = PluginClasses.read(Lying.class.getClassLoader(), Lying.class.getName());
      return new Foreign().defineClass(Lying.class.getName(), bytes, 0, bytes.length);
    }
  }
}
