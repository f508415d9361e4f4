package io.otlpagent.instrumentation.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.indy.PluginClasses;
import io.otlpagent.instrumentation.testing.Calls;
import io.otlpagent.instrumentation.testing.WovenJvm;
import io.otlpagent.instrumentation.transform.plugin.SelfAdvice;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods as obfuscators and other compilers than javac write them stay valid, or as they are. */
final class OddMethodsTest {

  private static final int NOTHING_LEFT = 65534;

  private final List<UnweavableMethodException> unwoven = new ArrayList<>();

  @BeforeEach
  void weave() {
    WovenJvm.weave();
    Calls.SEEN.clear();
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V1_6, Opcodes.V17})
  void adviceSeesThisAlthoughTheMethodOverwritesIt(int version) throws Throwable {
    runsWoven(version, OddMethods::runThatOverwritesThis);
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V1_6, Opcodes.V17})
  void adviceSeesThisAlthoughAFrameDropsIt(int version) throws Throwable {
    runsWoven(version, OddMethods::runThatDropsThis);
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V17})
  void adviceSeesThisWhereTheMethodOverwritesItAndThrows(int version) {
    OddMethods odd = new OddMethods(version).plainConstructor().runThatOverwritesThisAndThrows();

    assertThatThrownBy(() -> run(odd)).isInstanceOf(NullPointerException.class);
    assertThat(Calls.SEEN.get(2)).startsWith("exit odd state java.lang.NullPointerException");
  }

  @Test
  void subroutineRunsWoven() throws Throwable {
    runsWoven(Opcodes.V1_4, OddMethods::runWithSubroutine);
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V17})
  void deadCodeRunsWoven(int version) throws Throwable {
    runsWoven(version, OddMethods::runWithDeadCode);
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V17})
  void loopAtTheBeginningRunsWoven(int version) throws Throwable {
    runsWoven(version, OddMethods::runThatBeginsWithALoop);
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V17})
  void jumpThatBecomesTooFarRunsWoven(int version) throws Throwable {
    runsWoven(version, odd -> odd.runThatJumpsOver(Short.MAX_VALUE - 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V17})
  void manyVariablesRunWoven(int version) throws Throwable {
    runsWoven(version, odd -> odd.runWithVariables(NOTHING_LEFT - 5));
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V17})
  void methodThatWouldHaveTooManyVariablesIsLeftAlone(int version) throws Throwable {
    runsUnwoven(new OddMethods(version).plainConstructor().runWithVariables(NOTHING_LEFT));

    assertThat(unwoven)
        .extracting(Throwable::getMessage)
        .containsExactly("run()I has no room for more variables");
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V17})
  void methodThatWouldBeTooLargeIsLeftAlone(int version) throws Throwable {
    runsUnwoven(new OddMethods(version).plainConstructor().runWithNops(NOTHING_LEFT - 2));

    assertThat(unwoven)
        .extracting(Throwable::getMessage)
        .containsExactly("run()I has no room for more instructions");
  }

  @Test
  void staticMethodHasNoThis() throws Throwable {
    runsUnwoven(new OddMethods(Opcodes.V17).plainConstructor().staticRun());

    assertThat(unwoven).extracting(Throwable::getMessage).containsExactly("run()I is static");
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V1_6, Opcodes.V17})
  void constructorThatOverwritesThisIsLeftAlone(int version) throws Throwable {
    OddMethods odd = new OddMethods(version).constructorThatOverwritesThis();

    constructorIsLeftAlone(odd.runThatDropsThis());
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_6, Opcodes.V17})
  void constructorThatDropsThisIsLeftAlone(int version) throws Throwable {
    OddMethods odd = new OddMethods(version).constructorThatDropsThis();

    constructorIsLeftAlone(odd.runThatDropsThis());
  }

  private void constructorIsLeftAlone(OddMethods odd) throws Throwable {
    assertThat(run(odd)).isEqualTo(5);

    assertThat(Calls.SEEN).containsExactly("enter odd", "exit odd state null");
    assertThat(unwoven)
        .extracting(Throwable::getMessage)
        .containsExactly("<init>()V overwrites this");
  }

  private void runsWoven(int version, Function<OddMethods, OddMethods> run) throws Throwable {
    assertThat(run(run.apply(new OddMethods(version).plainConstructor()))).isEqualTo(5);

    assertThat(Calls.SEEN)
        .containsExactly("exit odd null null", "enter odd", "exit odd state null");
    assertThat(unwoven).isEmpty();
  }

  private void runsUnwoven(OddMethods odd) throws Throwable {
    assertThat(run(odd)).isEqualTo(5);

    assertThat(Calls.SEEN).containsExactly("exit odd null null");
  }

  /** Weaves constructor and {@code run}, makes an object and calls it. */
  private Object run(OddMethods odd) throws Throwable {
    ClassLoader tests = getClass().getClassLoader();
    byte[] advice = PluginClasses.read(tests, SelfAdvice.class.getName());
    List<WovenMethod> methods =
        List.of(woven("<init>", "()V", advice), woven("run", "()I", advice));
    ClassLoader loader =
        new ClassLoader(tests) {
          @Override
          protected Class<?> findClass(String name) {
            byte[] classFile = odd.classFile();
            byte[] woven =
                new AsmWeaver(WovenJvm.oldCallSites()).weave(this, classFile, methods, unwoven);
            return defineClass(name, woven, 0, woven.length);
          }
        };
    Class<?> type = loader.loadClass(OddMethods.NAME.replace('/', '.'));
    try {
      Object target = type.getDeclaredConstructor().newInstance();
      return type.getMethod("run").invoke(target);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static WovenMethod woven(String name, String descriptor, byte[] advice) {
    return new WovenMethod(
        MethodAdvice.on(name, descriptor).call(SelfAdvice.class.getSimpleName()),
        SelfAdvice.class.getPackageName(),
        AdviceMethods.read(advice),
        null);
  }
}
