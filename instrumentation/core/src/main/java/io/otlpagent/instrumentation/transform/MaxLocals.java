package io.otlpagent.instrumentation.transform;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * How many local variables the methods to weave have, and where they are entered, which must be
 * known before the first instruction is rewritten.
 */
final class MaxLocals {

  private final Map<String, Integer> counts = new HashMap<>();

  /** Those that make the call before which they are to be entered. */
  private final Set<String> calling = new HashSet<>();

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
            WovenMethod method = AsmWeaver.find(methods, name, descriptor);
            if (!hasCode || method == null) {
              return null;
            }
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitMethodInsn(
                  int opcode, String owner, String called, String type, boolean isInterface) {
                if (isCall(method.before, owner, called, type)) {
                  all.calling.add(name + descriptor);
                }
              }

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

  /** Whether the method makes the call before which it is to be entered. */
  boolean calls(WovenMethod method) {
    return calling.contains(method.name + method.descriptor);
  }

  /**
   * Whether this is that call.
   *
   * @param call such as {@code java/lang/Object.hashCode()I}; null for none
   */
  static boolean isCall(@Nullable String call, String owner, String name, String descriptor) {
    return call != null && call.equals(owner + "." + name + descriptor);
  }

  /** Null if no such method is to be woven. */
  @Nullable Integer get(String name, String descriptor) {
    return counts.get(name + descriptor);
  }
}
