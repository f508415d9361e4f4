package io.otlpagent.instrumentation.testing;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Makes the class file that an old compiler would have made. */
public final class OldClassFiles {

  private OldClassFiles() {}

  /** Drops what the version cannot have: frames, and methods that use invokedynamic. */
  public static byte[] downgrade(byte[] classFile, int version) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visit(
                  int ignored,
                  int access,
                  String name,
                  String signature,
                  String superName,
                  String[] interfaces) {
                super.visit(version, access, name, signature, superName, interfaces);
              }

              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  String signature,
                  String[] exceptions) {
                // The others concatenate strings, for which javac uses invokedynamic.
                if (name.equals("loop") || name.equals("caught")) {
                  return null;
                }
                return super.visitMethod(access, name, descriptor, signature, exceptions);
              }
            },
            ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
