package io.otlpagent.instrumentation.transform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a method before its first instruction is rewritten: how many local
 * variables it has, and whether it overwrites {@code this}.
 */
final class CodeShapes {

  /** The shape of one method that has code. */
  static final class Shape {

    int maxLocals;
    boolean overwritesThis;
  }

  private final Map<String, Shape> shapes = new HashMap<>();

  private CodeShapes() {}

  static CodeShapes of(ClassReader reader, List<WovenMethod> methods) {
    CodeShapes all = new CodeShapes();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
            if (!hasCode || AsmWeaver.find(methods, name, descriptor) == null) {
              return null;
            }
            Shape shape = new Shape();
            all.shapes.put(name + descriptor, shape);
            return new Measure(shape, (access & Opcodes.ACC_STATIC) != 0);
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return all;
  }

  boolean isEmpty() {
    return shapes.isEmpty();
  }

  @Nullable Shape get(String name, String descriptor) {
    return shapes.get(name + descriptor);
  }

  /** Measures one method. */
  private static final class Measure extends MethodVisitor {

    private final Shape shape;
    private final boolean isStatic;

    Measure(Shape shape, boolean isStatic) {
      super(Opcodes.ASM9);
      this.shape = shape;
      this.isStatic = isStatic;
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      if (!isStatic && variable == 0 && opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
        shape.overwritesThis = true;
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      shape.maxLocals = maxLocals;
    }
  }
}
