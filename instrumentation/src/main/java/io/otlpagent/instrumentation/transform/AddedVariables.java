package io.otlpagent.instrumentation.transform;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * The local variables that a woven method has in addition to its own: {@code this} and the value of
 * the enter method, which last until the exit, and above them one for what is returned or thrown.
 * They stand above all others, since a compiler may use any variable of the method, {@code this}
 * included, for something else.
 */
final class AddedVariables {

  private final int first;
  private final @Nullable String self;
  private final @Nullable Type state;

  /**
   * @param first the number of variables that the method has without us
   * @param self the type of the kept {@code this}; null if it is not kept
   * @param state the type of the kept value of the enter method; null if none is kept
   */
  AddedVariables(int first, @Nullable String self, @Nullable Type state) {
    this.first = first;
    this.self = self;
    this.state = state;
  }

  boolean keepsSelf() {
    return self != null;
  }

  /** Where {@code this} is kept. */
  int self() {
    return first;
  }

  /** Where the value of the enter method is kept. */
  int state() {
    return first + (self == null ? 0 : 1);
  }

  /** Where a value that is returned or thrown waits for the advice to be called. */
  int passing() {
    return state() + (state == null ? 0 : state.getSize());
  }

  /** How many local variables the woven method has. */
  int total() {
    return passing() + 2;
  }

  /** Whether every frame of the method has to name what is kept. */
  boolean inFrames() {
    return self != null || state != null;
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
    int kept = (self == null ? 0 : 1) + (state == null ? 0 : 1);
    int unused = kept == 0 ? 0 : first - slots;
    Object[] all = Arrays.copyOf(local, count + unused + kept);
    Arrays.fill(all, count, count + unused, Opcodes.TOP);
    int next = count + unused;
    if (self != null) {
      all[next++] = self;
    }
    if (state != null) {
      all[next] = frameType(state);
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
        return type.getInternalName();
      default:
        return Opcodes.INTEGER;
    }
  }
}
