package io.otlpagent.instrumentation.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

final class SupertypesTest {

  @Test
  void superclassesAndInterfacesOfBothAreIncluded() {
    assertThat(Supertypes.include(ArrayList.class, "java.util.AbstractList")).isTrue();
    assertThat(Supertypes.include(ArrayList.class, "java.util.AbstractCollection")).isTrue();
    assertThat(Supertypes.include(ArrayList.class, "java.lang.Iterable")).isTrue();
    assertThat(Supertypes.include(ArrayList.class, "java.util.Deque")).isFalse();
  }

  @Test
  void typeIsNotAboveItself() {
    assertThat(Supertypes.include(ArrayList.class, "java.util.ArrayList")).isFalse();
  }

  @Test
  void typeThatIsReachedOnManyPathsIsLookedAtOnce() throws Exception {
    // Two interfaces a level, each of which extends both of the next: 2^60 paths.
    assertThat(Supertypes.include(new Ladder(60).loadClass("A60"), "absent")).isFalse();
    assertThat(Supertypes.include(new Ladder(60).loadClass("A60"), "B0")).isTrue();
  }

  /** Makes the interfaces. */
  private static final class Ladder extends ClassLoader {

    private final int height;

    Ladder(int height) {
      this.height = height;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      int level = Integer.parseInt(name.substring(1));
      if (level < 0 || level > height) {
        throw new ClassNotFoundException(name);
      }
      ClassWriter writer = new ClassWriter(0);
      int below = level - 1;
      writer.visit(
          Opcodes.V1_8,
          Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE,
          name,
          null,
          "java/lang/Object",
          level == 0 ? new String[0] : new String[] {"A" + below, "B" + below});
      writer.visitEnd();
      byte[] bytes = writer.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
