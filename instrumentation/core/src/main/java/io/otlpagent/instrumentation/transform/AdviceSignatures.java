package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.indy.AdviceLinker;
import io.otlpagent.instrumentation.transform.AdviceMethods.AdviceMethod;
import java.util.Arrays;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Names and types of the calls of advice: those of the advice method, with {@code Object} for every
 * reference, since the woven class may not see the type.
 */
final class AdviceSignatures {

  static final Type OBJECT = Type.getObjectType("java/lang/Object");

  private AdviceSignatures() {}

  static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
  }

  static Type generalized(Type type) {
    return isReference(type) ? OBJECT : type;
  }

  static String name(AdviceMethod advice) {
    return advice.replaces() ? advice.name + AdviceLinker.REPLACING : advice.name;
  }

  static Type result(AdviceMethod advice) {
    return advice.replaces() ? OBJECT : generalized(advice.returnType);
  }

  /** What a call passes: what the method asks for, and behind it a value that it replaces. */
  static Type[] arguments(AdviceMethod advice) {
    int count = advice.types.length;
    Type[] types = new Type[count + (advice.replaces() ? 1 : 0)];
    Arrays.fill(types, OBJECT);
    for (int i = 0; i < count; i++) {
      types[i] = generalized(advice.types[i]);
    }
    return types;
  }

  /** What the linker is told of the call that a call is linked with; see {@link AdviceCalls}. */
  static String partner(
      AdviceMethod advice, @Nullable AdviceMethod enter, @Nullable AdviceMethod exit) {
    if (advice == enter && exit != null) {
      return name(exit) + Type.getMethodDescriptor(result(exit), arguments(exit));
    }
    return advice == exit && enter != null ? AdviceLinker.AFTER_ENTER : "";
  }

  /** The instruction for null or zero. */
  static int zero(Type type) {
    switch (type.getSort()) {
      case Type.OBJECT:
      case Type.ARRAY:
        return Opcodes.ACONST_NULL;
      case Type.LONG:
        return Opcodes.LCONST_0;
      case Type.FLOAT:
        return Opcodes.FCONST_0;
      case Type.DOUBLE:
        return Opcodes.DCONST_0;
      default:
        return Opcodes.ICONST_0;
    }
  }
}
