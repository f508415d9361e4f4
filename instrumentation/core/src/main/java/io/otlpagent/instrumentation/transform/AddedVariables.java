package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.transform.AdviceMethods.AdviceMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * The local variables that a woven method has in addition to its own: {@code this}, arguments and
 * the value of the enter method, which last until the exit, and above them one for what is returned
 * or thrown. They stand above all others, since a compiler may use any variable of the method,
 * {@code this} included, for something else.
 */
final class AddedVariables {

  private final int first;
  private final List<Type> kept = new ArrayList<>();
  private int next;

  /**
   * @param first the number of variables that the method has without us
   */
  AddedVariables(int first) {
    this.first = first;
    this.next = first;
  }

  /**
   * Has one more value kept until the exit. Called before the first instruction is rewritten.
   *
   * @return the index of its variable
   */
  int keep(Type type) {
    int variable = next;
    kept.add(type);
    next += type.getSize();
    return variable;
  }

  /**
   * Has those arguments kept that an exit method asks for.
   *
   * @param types of the arguments of the woven method
   * @return the variables by argument, -1 for those that are not kept
   */
  int[] keepArguments(@Nullable AdviceMethod exit, Type[] types) {
    int[] variables = new int[types.length];
    Arrays.fill(variables, -1);
    for (int i = 0; exit != null && i < exit.sources.length; i++) {
      int argument = exit.arguments[i];
      if (exit.sources[i] == AdviceMethods.Source.ARGUMENT && variables[argument] < 0) {
        variables[argument] = keep(types[argument]);
      }
    }
    return variables;
  }

  /** Where a value that is returned or thrown waits for the advice to be called. */
  int passing() {
    return next;
  }

  /** How many local variables the woven method has. */
  int total() {
    return passing() + 2;
  }

  /** Whether every frame of the method has to name what is kept. */
  boolean inFrames() {
    return !kept.isEmpty();
  }

  /**
   * The variables of a frame, with those that are kept.
   *
   * @param count how many entries of {@code local} count
   */
  Object[] frame(int count, Object[] local) {
    int slots = 0;
    for (int i = 0; i < count; i++) {
      slots += local[i] == Opcodes.LONG || local[i] == Opcodes.DOUBLE ? 2 : 1;
    }
    int unused = kept.isEmpty() ? 0 : first - slots;
    Object[] all = Arrays.copyOf(local, count + unused + kept.size());
    Arrays.fill(all, count, count + unused, Opcodes.TOP);
    int at = count + unused;
    for (Type type : kept) {
      all[at++] = frameType(type);
    }
    return all;
  }

  private static Object frameType(Type type) {
    switch (type.getSort()) {
      case Type.LONG:
        return Opcodes.LONG;
      case Type.FLOAT:
        return Opcodes.FLOAT;
      case Type.DOUBLE:
        return Opcodes.DOUBLE;
      case Type.OBJECT:
      case Type.ARRAY:
        return type.getInternalName();
      default:
        return Opcodes.INTEGER;
    }
  }
}
