package io.otlpagent.instrumentation.transform;

import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Writes a class with methods that the JVM accepts and that no javac would write. */
final class OddMethods {

  static final String NAME = "test/Odd";

  private static final String OBJECT = "java/lang/Object";
  private static final Object[] NOTHING = {};

  private final ClassWriter writer = new ClassWriter(0);
  private final boolean frames;

  /**
   * @param version of the class file; frames are written from Java 6 on
   */
  OddMethods(int version) {
    frames = version >= Opcodes.V1_6;
    writer.visit(version, Opcodes.ACC_PUBLIC, NAME, null, OBJECT, null);
    method(
        "toString",
        "()Ljava/lang/String;",
        1,
        1,
        code -> {
          code.visitLdcInsn("odd");
          code.visitInsn(Opcodes.ARETURN);
        });
  }

  byte[] classFile() {
    writer.visitEnd();
    return writer.toByteArray();
  }

  /** Such as {@code new Object()}. */
  OddMethods plainConstructor() {
    return method(
        "<init>",
        "()V",
        1,
        1,
        code -> {
          callSuper(code);
          code.visitInsn(Opcodes.RETURN);
        });
  }

  /** A constructor that stores something else where the object was. */
  OddMethods constructorThatOverwritesThis() {
    return method(
        "<init>",
        "()V",
        1,
        1,
        code -> {
          callSuper(code);
          code.visitLdcInsn("other");
          code.visitVarInsn(Opcodes.ASTORE, 0);
          code.visitInsn(Opcodes.RETURN);
        });
  }

  /** A constructor whose last frame does not know the object any more. */
  OddMethods constructorThatDropsThis() {
    return method(
        "<init>",
        "()V",
        1,
        1,
        code -> {
          callSuper(code);
          jumpHere(code, NOTHING);
          code.visitInsn(Opcodes.RETURN);
        });
  }

  /** {@code run} stores a number in variable 0, which was {@code this}, and returns it. */
  OddMethods runThatOverwritesThis() {
    return method(
        "run",
        "()I",
        1,
        1,
        code -> {
          code.visitInsn(Opcodes.ICONST_5);
          code.visitVarInsn(Opcodes.ISTORE, 0);
          jumpHere(code, Opcodes.INTEGER);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitInsn(Opcodes.IRETURN);
        });
  }

  /** {@code run} never stores in variable 0, but its frame leaves {@code this} out. */
  OddMethods runThatDropsThis() {
    return method(
        "run",
        "()I",
        1,
        1,
        code -> {
          jumpHere(code, NOTHING);
          code.visitInsn(Opcodes.ICONST_5);
          code.visitInsn(Opcodes.IRETURN);
        });
  }

  /** {@code run} overwrites {@code this} and then throws. */
  OddMethods runThatOverwritesThisAndThrows() {
    return method(
        "run",
        "()I",
        1,
        1,
        code -> {
          code.visitInsn(Opcodes.ACONST_NULL);
          code.visitVarInsn(Opcodes.ASTORE, 0);
          code.visitVarInsn(Opcodes.ALOAD, 0);
          code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Throwable");
          code.visitInsn(Opcodes.ATHROW);
        });
  }

  /** {@code run} returns 5 from a subroutine (JVMS 3.13), with the return address in variable 0. */
  OddMethods runWithSubroutine() {
    return method(
        "run",
        "()I",
        1,
        2,
        code -> {
          Label subroutine = new Label();
          code.visitJumpInsn(Opcodes.JSR, subroutine);
          code.visitVarInsn(Opcodes.ILOAD, 1);
          code.visitInsn(Opcodes.IRETURN);
          code.visitLabel(subroutine);
          code.visitVarInsn(Opcodes.ASTORE, 0);
          code.visitInsn(Opcodes.ICONST_5);
          code.visitVarInsn(Opcodes.ISTORE, 1);
          code.visitVarInsn(Opcodes.RET, 0);
        });
  }

  /** {@code run} has another return behind its return, which nothing reaches. */
  OddMethods runWithDeadCode() {
    return method(
        "run",
        "()I",
        1,
        1,
        code -> {
          code.visitInsn(Opcodes.ICONST_5);
          code.visitInsn(Opcodes.IRETURN);
          if (frames) {
            code.visitFrame(Opcodes.F_NEW, 0, NOTHING, 0, NOTHING);
          }
          code.visitInsn(Opcodes.ICONST_1);
          code.visitInsn(Opcodes.IRETURN);
        });
  }

  /** {@code run} begins with the target of a jump backwards. */
  OddMethods runThatBeginsWithALoop() {
    return method(
        "run",
        "()I",
        1,
        1,
        code -> {
          Label first = new Label();
          code.visitLabel(first);
          if (frames) {
            code.visitFrame(Opcodes.F_NEW, 1, new Object[] {NAME}, 0, NOTHING);
          }
          code.visitVarInsn(Opcodes.ALOAD, 0);
          code.visitJumpInsn(Opcodes.IFNULL, first);
          code.visitInsn(Opcodes.ICONST_5);
          code.visitInsn(Opcodes.IRETURN);
        });
  }

  /** {@code run} returns 5 behind so many instructions that do nothing. */
  OddMethods runWithNops(int count) {
    return method(
        "run",
        "()I",
        1,
        1,
        code -> {
          for (int i = 0; i < count; i++) {
            code.visitInsn(Opcodes.NOP);
          }
          code.visitInsn(Opcodes.ICONST_5);
          code.visitInsn(Opcodes.IRETURN);
        });
  }

  /** {@code run} jumps over so many instructions to where it returns 5. */
  OddMethods runThatJumpsOver(int count) {
    return method(
        "run",
        "()I",
        1,
        1,
        code -> {
          Label end = new Label();
          code.visitInsn(Opcodes.ICONST_0);
          code.visitJumpInsn(Opcodes.IFEQ, end);
          for (int i = 0; i < count; i++) {
            code.visitInsn(Opcodes.NOP);
          }
          code.visitInsn(Opcodes.ICONST_1);
          code.visitInsn(Opcodes.IRETURN);
          code.visitLabel(end);
          if (frames) {
            code.visitFrame(Opcodes.F_NEW, 1, new Object[] {NAME}, 0, NOTHING);
          }
          code.visitInsn(Opcodes.ICONST_5);
          code.visitInsn(Opcodes.IRETURN);
        });
  }

  /** {@code run} returns 5 and has so many variables. */
  OddMethods runWithVariables(int count) {
    return method(
        "run",
        "()I",
        1,
        count,
        code -> {
          code.visitInsn(Opcodes.ICONST_5);
          code.visitVarInsn(Opcodes.ISTORE, count - 1);
          code.visitVarInsn(Opcodes.ILOAD, count - 1);
          code.visitInsn(Opcodes.IRETURN);
        });
  }

  /** {@code run} is static. */
  OddMethods staticRun() {
    return method(
        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
        "run",
        "()I",
        1,
        0,
        code -> {
          code.visitInsn(Opcodes.ICONST_5);
          code.visitInsn(Opcodes.IRETURN);
        });
  }

  private void callSuper(MethodVisitor code) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
  }

  /** A jump to the next instruction, which needs a frame. */
  private void jumpHere(MethodVisitor code, Object... locals) {
    Label here = new Label();
    code.visitJumpInsn(Opcodes.GOTO, here);
    code.visitLabel(here);
    if (frames) {
      code.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, NOTHING);
    }
  }

  private OddMethods method(
      String name, String descriptor, int stack, int locals, Consumer<MethodVisitor> body) {
    return method(Opcodes.ACC_PUBLIC, name, descriptor, stack, locals, body);
  }

  private OddMethods method(
      int access,
      String name,
      String descriptor,
      int stack,
      int locals,
      Consumer<MethodVisitor> body) {
    MethodVisitor code = writer.visitMethod(access, name, descriptor, null, null);
    code.visitCode();
    body.accept(code);
    code.visitMaxs(stack, locals);
    code.visitEnd();
    return this;
  }
}
