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
 * How many local variables the methods to weave have, which must be known before the first
 * instruction is rewritten.
 */
final class MaxLocals {

  private final Map<String, Integer> counts = new HashMap<>();

  private MaxLocals() {}

  static MaxLocals of(ClassReader reader, List<WovenMethod> methods) {
    MaxLocals all = new MaxLocals();
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
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitMaxs(int maxStack, int maxLocals) {
                all.counts.put(name + descriptor, maxLocals);
              }
            };
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return all;
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Null if no such method is to be woven. */
  @Nullable Integer get(String name, String descriptor) {
    return counts.get(name + descriptor);
  }
}
