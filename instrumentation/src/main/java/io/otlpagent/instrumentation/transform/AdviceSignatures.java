package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.indy.AdviceLinker;
import io.otlpagent.instrumentation.transform.AdviceMethods.AdviceMethod;
import java.util.Arrays;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Names and types of the calls from one woven method: those of the woven method, not the advice
 * method's, with {@code Object} for every reference, since the woven class may not see the type.
 * Immutable.
 */
final class AdviceSignatures {

  static final Type OBJECT = Type.getObjectType("java/lang/Object");

  private final Type[] argumentTypes;
  private final Type returnType;
  private final @Nullable Type state;

  /**
   * @param argumentTypes of the woven method
   * @param returnType of the woven method
   * @param state the type of what the enter method leaves for the exit; null if it leaves nothing
   */
  AdviceSignatures(Type[] argumentTypes, Type returnType, @Nullable Type state) {
    this.argumentTypes = argumentTypes;
    this.returnType = returnType;
    this.state = state;
  }

  static Type generalized(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY ? OBJECT : type;
  }

  static String name(AdviceMethod advice) {
    return advice.replaces() ? advice.name + AdviceLinker.REPLACING : advice.name;
  }

  static Type result(AdviceMethod advice) {
    return advice.replaces() ? OBJECT : generalized(advice.returnType);
  }

  /** What a call passes: what the method asks for, and behind it a value that it replaces. */
  Type[] arguments(AdviceMethod advice) {
    Type[] types = new Type[advice.sources.length + (advice.replaces() ? 1 : 0)];
    Arrays.fill(types, OBJECT);
    for (int i = 0; i < advice.sources.length; i++) {
      switch (advice.sources[i]) {
        case ARGUMENT:
          types[i] = generalized(argumentTypes[advice.arguments[i]]);
          break;
        case ENTER:
          types[i] = state == null ? OBJECT : state;
          break;
        case RETURN:
          types[i] = returnType.getSort() == Type.VOID ? OBJECT : generalized(returnType);
          break;
        default:
          break;
      }
    }
    return types;
  }

  /** What the linker is told of the call that a call is linked with; see {@link AdviceCalls}. */
  String partner(AdviceMethod advice, @Nullable AdviceMethod enter, @Nullable AdviceMethod exit) {
    if (advice == enter && exit != null) {
      return name(exit) + Type.getMethodDescriptor(result(exit), arguments(exit));
    }
    return advice == exit && enter != null ? AdviceLinker.AFTER_ENTER : "";
  }

  /** The instruction for null or zero. */
  static int zero(Type type) {
    switch (type.getSort()) {
      case Type.VOID:
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
