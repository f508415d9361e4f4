package io.otlpagent.instrumentation.transform.classfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.indy.PluginClasses;
import io.otlpagent.instrumentation.transform.Woven;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrefilterTest {

  private final Prefilter prefilter = new Prefilter();

  PrefilterTest() {
    prefilter.add("replaced", "(Ljava/lang/String;)Ljava/lang/String;");
    prefilter.add("replaced", "(Ljava/sql/Statement;)V");
    prefilter.add("count", "(Ljava/lang/Object;)I");
  }

  @Test
  void aClassThatDeclaresTheMethodsIsACandidate() {
    assertThat(prefilter.candidates(classFile(Woven.class))).containsExactly(0, 2);
  }

  @Test
  void aClassThatDoesNotIsNone() {
    assertThat(prefilter.candidates(classFile(NoMethods.class))).isEmpty();
  }

  @Test
  void manyOthersChangeNothing() {
    for (int i = 0; i < 2000; i++) {
      prefilter.add("send" + i, "(I)Lcom/acme/Response" + i % 300 + ";");
    }
    prefilter.add("replaced", "(I)V");

    assertThat(prefilter.candidates(classFile(Woven.class))).containsExactly(0, 2);
    assertThat(prefilter.candidates(classFile(NoMethods.class))).isEmpty();
  }

  @Test
  void numberOfAPairIsThePositionOfItsCall() {
    prefilter.add("count", "(Ljava/lang/Object;)I");

    assertThat(prefilter.candidates(classFile(Woven.class))).containsExactly(0, 2, 3);
  }

  @Test
  void everyCutOfAClassFileIsReadOrRefusedWithoutHarm() {
    byte[] whole = classFile(Woven.class);
    for (int length = 24; length < whole.length; length += 7) {
      ClassHeader.read(Arrays.copyOf(whole, length));
    }
    assertThat(ClassHeader.read(new byte[100])).isNull();
  }

  @Test
  void theHeaderNamesTheSupertypes() {
    ClassHeader header = ClassHeader.read(classFile(NoMethods.class));

    assertThat(header.superName()).isEqualTo("java/util/AbstractList");
    assertThat(header.interfaceNames()).containsExactly("java/lang/Runnable", "java/io/Closeable");
    assertThat(header.isInterface()).isFalse();
  }

  private static byte[] classFile(Class<?> type) {
    return PluginClasses.read(type.getClassLoader(), type.getName());
  }

  /** Its supertypes are what the test reads. */
  abstract static class NoMethods extends java.util.AbstractList<String>
      implements Runnable, java.io.Closeable {}
}
