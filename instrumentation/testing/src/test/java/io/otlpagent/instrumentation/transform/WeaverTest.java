package io.otlpagent.instrumentation.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.indy.OldCallSites;
import io.otlpagent.instrumentation.indy.PluginClasses;
import io.otlpagent.instrumentation.testing.Calls;
import io.otlpagent.instrumentation.testing.OldClassFiles;
import io.otlpagent.instrumentation.testing.WovenJvm;
import io.otlpagent.instrumentation.transform.plugin.EnteringAndReplacingAdvice;
import io.otlpagent.instrumentation.transform.plugin.FailureAdvice;
import io.otlpagent.instrumentation.transform.plugin.RecordingAdvice;
import io.otlpagent.instrumentation.transform.plugin.ReplacingAdvice;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeaverTest {

  /** Class file versions: today's, and the last that has neither frames nor invokedynamic. */
  private static final int JAVA_5 = 49;

  @BeforeEach
  void weave() {
    WovenJvm.weave();
    Calls.SEEN.clear();
  }

  @Test
  void adviceSeesArgumentsStateAndResult() throws Exception {
    Object woven = woven(RecordingAdvice.class, "loop", "(Ljava/lang/String;J)Ljava/lang/String;");

    assertThat(call(woven, "loop", "a", 1L)).isEqualTo("a012");
    assertThat(call(woven, "loop", "a", 1000L)).isEqualTo("a0/early");
    assertThat(Calls.SEEN)
        .containsExactly("enter a", "exit state a012 null", "enter a", "exit state a0/early null");
  }

  @Test
  void anExceptionThatTheMethodCatchesStaysItsOwn() throws Exception {
    Object woven = woven(RecordingAdvice.class, "caught", "(Ljava/lang/String;)Ljava/lang/String;");

    assertThat(call(woven, "caught", "")).isEqualTo("caught empty");
    assertThat(Calls.SEEN).containsExactly("enter ", "exit state caught empty null");
  }

  @Test
  void anExceptionPassesThroughUnchanged() throws Exception {
    Object woven = woven(RecordingAdvice.class, "wide", "(JI)J");

    assertThat(call(woven, "wide", 40L, 2)).isEqualTo(42L);
    assertThatThrownBy(() -> call(woven, "wide", -1L, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("negative");
    assertThat(Calls.SEEN)
        .containsExactly(
            "enter 40",
            "exit state 42 null",
            "enter -1",
            "exit state 0 java.lang.IllegalStateException: negative");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, JAVA_5})
  void failureIsSeenWithTheArgumentsThatWerePassed(int version) throws Exception {
    Object woven = woven(FailureAdvice.class, "reused", "(JI)J", version);

    assertThat(call(woven, "reused", 40L, 2)).isEqualTo(42L);
    assertThat(Calls.SEEN).isEmpty();
    assertThatThrownBy(() -> call(woven, "reused", -1L, 2))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Calls.SEEN).containsExactly("exit -1 2 java.lang.IllegalStateException: negative");
  }

  @Test
  void aLoopInASynchronizedMethodVerifies() throws Exception {
    Object woven = woven(RecordingAdvice.class, "count", "(Ljava/lang/Object;)I");

    assertThat(call(woven, "count", 80)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, JAVA_5})
  void argumentAndResultAreReplaced(int version) throws Exception {
    Object woven =
        woven(ReplacingAdvice.class, "replaced", "(Ljava/lang/String;)Ljava/lang/String;", version);

    assertThat(call(woven, "replaced", "text")).isEqualTo("replaced!");
    assertThat(call(woven, "replaced", "keep")).isEqualTo("keep!");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, JAVA_5})
  void anArgumentIsReplacedBesideAnEnterValue(int version) throws Exception {
    Object woven =
        woven(
            EnteringAndReplacingAdvice.class,
            "replaced",
            "(Ljava/lang/String;)Ljava/lang/String;",
            version);

    assertThat(call(woven, "replaced", "text")).isEqualTo("new");
    assertThat(call(woven, "replaced", "keep")).isEqualTo("keep");
    assertThat(Calls.SEEN)
        .containsExactly(
            "replace text with state of text",
            "exit state of text new",
            "replace keep with state of keep",
            "exit state of keep keep");
  }

  @Test
  void anArgumentIsReplacedInAMethodWithALoop() throws Exception {
    Object woven =
        woven(EnteringAndReplacingAdvice.class, "loop", "(Ljava/lang/String;J)Ljava/lang/String;");

    assertThat(call(woven, "loop", "text", 1L)).isEqualTo("new012");
  }

  @Test
  void adviceThatFailsIsCountedAndLeavesTheValues() throws Exception {
    Object woven =
        woven(ReplacingAdvice.class, "replaced", "(Ljava/lang/String;)Ljava/lang/String;");
    long before = AdviceErrors.adviceErrors();

    // A null argument makes the enter advice fail; a null result the exit advice.
    assertThat(call(woven, "replaced", new Object[] {null})).isNull();
    assertThat(AdviceErrors.adviceErrors()).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, JAVA_5})
  void callsThatCannotBeLinkedLeaveArgumentAndResult(int version) throws Exception {
    Object woven =
        woven(
            "AdviceThatIsNotThere",
            ReplacingAdvice.class,
            "replaced",
            "(Ljava/lang/String;)Ljava/lang/String;",
            version);
    long before = AdviceErrors.failedLinks();

    assertThat(call(woven, "replaced", "text")).isEqualTo("text");
    assertThat(call(woven, "replaced", "again")).isEqualTo("again");
    assertThat(AdviceErrors.failedLinks()).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, JAVA_5})
  void callsThatCannotBeLinkedHaveNoState(int version) throws Exception {
    Object woven = woven("AdviceThatIsNotThere", RecordingAdvice.class, "wide", "(JI)J", version);

    assertThat(call(woven, "wide", 40L, 2)).isEqualTo(42L);
    assertThat(Calls.SEEN).isEmpty();
  }

  @Test
  void aClassFileOfJava5IsWovenThroughTheTable() throws Exception {
    Object woven = woven(RecordingAdvice.class, "wide", "(JI)J", JAVA_5);

    assertThat(call(woven, "wide", 40L, 2)).isEqualTo(42L);
    assertThat(Calls.SEEN).containsExactly("enter 40", "exit state 42 null");
  }

  @Test
  void aClassFileOfJava5CallsANumberBeyondThoseOfAShort() throws Exception {
    OldCallSites.Caller other = WovenJvm.oldCallSites().caller(null, "of.another.Driver");
    for (int i = 0; i <= Short.MAX_VALUE; i++) {
      other.number("call" + i, MethodType.methodType(void.class), "plugin", "Advice", "");
    }

    Object woven = woven(RecordingAdvice.class, "wide", "(JI)J", JAVA_5);

    assertThat(call(woven, "wide", 40L, 2)).isEqualTo(42L);
    assertThat(Calls.SEEN).containsExactly("enter 40", "exit state 42 null");
  }

  @Test
  void aLinkedClassFileOfJava5DoesNotKeepItsLoader() throws Exception {
    WeakReference<ClassLoader> loader = new WeakReference<>(loaderOfAWovenClassThatHasRun());

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loader.get()).isNull();
            });
  }

  private ClassLoader loaderOfAWovenClassThatHasRun() throws Exception {
    Object woven = woven(RecordingAdvice.class, "wide", "(JI)J", JAVA_5);
    call(woven, "wide", 40L, 2);
    System.gc();
    call(woven, "wide", 41L, 2);
    assertThat(Calls.SEEN)
        .containsExactly("enter 40", "exit state 42 null", "enter 41", "exit state 43 null");
    return woven.getClass().getClassLoader();
  }

  @Test
  void adviceBeforeACallSeesWhatTheMethodHasDoneToItsArguments() throws Exception {
    Object woven = woven(RecordingAdvice.class, "wrapped", "(Ljava/lang/String;)I");

    assertThat(call(woven, "wrapped", "a")).isEqualTo(3);
    assertThatThrownBy(() -> call(woven, "wrapped", (Object) null))
        .isInstanceOf(NullPointerException.class);
    assertThat(Calls.SEEN)
        .containsExactly(
            "enter [a]", "exit state 3 null", "exit null 0 java.lang.NullPointerException: none");
  }

  @Test
  void aMethodThatIsNotThereLeavesTheClassAlone() {
    ClassLoader tests = getClass().getClassLoader();

    assertThat(weave(tests, "RecordingAdvice", RecordingAdvice.class, "absent", "()V", 0)).isNull();
  }

  private Object woven(Class<?> advice, String method, String descriptor) throws Exception {
    return woven(advice, method, descriptor, 0);
  }

  private Object woven(Class<?> advice, String method, String descriptor, int version)
      throws Exception {
    return woven(advice.getSimpleName(), advice, method, descriptor, version);
  }

  /** Weaves calls of the class {@code name} that look like those of another advice class. */
  private static Object woven(
      String name, Class<?> advice, String method, String descriptor, int version)
      throws Exception {
    ClassLoader loader =
        new ClassLoader(WeaverTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String type, boolean resolve) throws ClassNotFoundException {
            if (!type.equals(Woven.class.getName())) {
              return super.loadClass(type, resolve);
            }
            byte[] bytes = weave(this, name, advice, method, descriptor, version);
            return defineClass(type, bytes, 0, bytes.length);
          }
        };
    return loader.loadClass(Woven.class.getName()).getDeclaredConstructor().newInstance();
  }

  private static byte[] weave(
      ClassLoader loader,
      String name,
      Class<?> advice,
      String method,
      String descriptor,
      int version) {
    ClassLoader tests = WeaverTest.class.getClassLoader();
    byte[] classFile = PluginClasses.read(tests, Woven.class.getName());
    byte[] adviceFile = PluginClasses.read(tests, advice.getName());
    if (version != 0) {
      classFile = OldClassFiles.downgrade(classFile, version);
    }
    return new AsmWeaver(WovenJvm.oldCallSites())
        .weave(
            loader,
            classFile,
            new ArrayList<>(
                List.of(
                    new WovenMethod(
                        target(method, descriptor).call(name),
                        advice.getPackageName(),
                        AdviceMethods.read(adviceFile),
                        null))),
            new ArrayList<>());
  }

  private static MethodAdvice.Target target(String method, String descriptor) {
    MethodAdvice.Target target = MethodAdvice.on(method, descriptor);
    switch (method) {
      case "wrapped":
        return target.before("java/lang/String.length()I");
      case "reused":
        return target.whenItThrows();
      default:
        return target;
    }
  }

  private static Object call(Object target, String name, Object... arguments) throws Throwable0 {
    try {
      for (var method : target.getClass().getMethods()) {
        if (method.getName().equals(name)) {
          return method.invoke(target, arguments);
        }
      }
      throw new AssertionError(name);
    } catch (InvocationTargetException e) {
      throw Throwable0.sneaky(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets the exception of a woven method out as it is. */
  private static final class Throwable0 extends Exception {

    @SuppressWarnings("unchecked")
    static <E extends Throwable> Throwable0 sneaky(Throwable thrown) throws E {
      throw (E) thrown;
    }
  }
}
