package io.otlpagent.instrumentation.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.indy.PluginClasses;
import io.otlpagent.instrumentation.testing.Calls;
import io.otlpagent.instrumentation.testing.OldClassFiles;
import io.otlpagent.instrumentation.testing.WovenJvm;
import io.otlpagent.instrumentation.transform.plugin.ServletAdvice;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call whose link fails for a reason that passes is linked at a later call. */
final class RelinkTest {

  private static final int JAVA_5 = 49;
  private static final String LIBRARY = "javax.servlet.Servlet";

  @BeforeEach
  void weave() {
    WovenJvm.weave();
    Calls.SEEN.clear();
  }

  static Stream<Arguments> passing() {
    List<Supplier<Throwable>> failures =
        List.of(
            StackOverflowError::new,
            OutOfMemoryError::new,
            ThreadDeath::new,
            () -> new IllegalStateException("zip file closed"));
    return failures.stream()
        .flatMap(failure -> Stream.of(0, JAVA_5).map(version -> Arguments.of(failure, version)));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void callIsLinkedOnceTheReasonHasPassed(Supplier<Throwable> failure, int version)
      throws Exception {
    FailingLoader loader = new FailingLoader(failure, 1, version);
    Method wide = loader.wide();
    long failedLinks = AdviceErrors.failedLinks();
    long postponedLinks = AdviceErrors.postponedLinks();

    assertThat(wide.invoke(null, 40L, 2)).isEqualTo(42L);
    assertThat(Calls.SEEN).isEmpty();
    assertThat(wide.invoke(null, 41L, 2)).isEqualTo(43L);

    assertThat(Calls.SEEN).containsExactly("enter 41", "exit state");
    assertThat(AdviceErrors.failedLinks()).isEqualTo(failedLinks);
    assertThat(AdviceErrors.postponedLinks()).isEqualTo(postponedLinks + 1);
    assertThat(AdviceErrors.lastPostponedLink()).contains("ServletAdvice.enter for");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, JAVA_5})
  void distanceOfAttemptsGrows(int version) throws Exception {
    FailingLoader loader = new FailingLoader(StackOverflowError::new, 3, version);
    Method wide = loader.wide();

    for (long call = 1; call <= 8; call++) {
      wide.invoke(null, call, 0);
    }

    assertThat(Calls.SEEN.get(0)).isEqualTo("enter 8");
    assertThat(loader.asked).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, JAVA_5})
  void attemptsEnd(int version) throws Exception {
    FailingLoader loader = new FailingLoader(StackOverflowError::new, Integer.MAX_VALUE, version);
    Method wide = loader.wide();
    long failedLinks = AdviceErrors.failedLinks();

    for (long call = 1; call <= 10_000; call++) {
      wide.invoke(null, call, 0);
    }

    assertThat(Calls.SEEN).isEmpty();
    assertThat(loader.asked).isEqualTo(12);
    assertThat(AdviceErrors.failedLinks()).isEqualTo(failedLinks + 1);
  }

  /** The loader of an application, which fails to load a library so many times. */
  private static final class FailingLoader extends ClassLoader {

    private final Supplier<Throwable> failure;
    private final int version;
    private int failures;
    private int asked;

    FailingLoader(Supplier<Throwable> failure, int failures, int version) {
      super(RelinkTest.class.getClassLoader());
      this.failure = failure;
      this.failures = failures;
      this.version = version;
    }

    Method wide() throws Exception {
      return loadClass(Woven.class.getName()).getMethod("wide", long.class, int.class);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(LIBRARY)) {
        asked++;
        if (failures > 0) {
          failures--;
          throw FailingLoader.<RuntimeException>sneaky(failure.get());
        }
      }
      if (!name.equals(Woven.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] woven = woven();
      return defineClass(name, woven, 0, woven.length);
    }

    private byte[] woven() {
      ClassLoader tests = getParent();
      byte[] classFile = PluginClasses.read(tests, Woven.class.getName());
      byte[] advice = PluginClasses.read(tests, ServletAdvice.class.getName());
      return new AsmWeaver(WovenJvm.oldCallSites())
          .weave(
              this,
              version == 0 ? classFile : OldClassFiles.downgrade(classFile, version),
              List.of(
                  new WovenMethod(
                      MethodAdvice.on("wide", "(JI)J").call(ServletAdvice.class.getSimpleName()),
                      ServletAdvice.class.getPackageName(),
                      AdviceMethods.read(advice),
                      null)),
              new ArrayList<>());
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
      throw (E) thrown;
    }
  }
}
