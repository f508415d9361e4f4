package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.transform.AdviceMethods.AdviceMethod;
import java.util.Arrays;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites one method: a call before its first instruction or before a call of its own, one at each
 * return, one in a handler around everything. What it needs later it keeps in {@link
 * AddedVariables}, and frames are padded, so that no original instruction or type is touched.
 */
final class MethodWeaver extends MethodVisitor {

  /** What a class file can say of a method's stack and variables (JVMS 4.7.3). */
  private static final int MAX = 65535;

  private static final Type THROWABLE = Type.getObjectType("java/lang/Throwable");

  private final WovenMethod method;
  private final String type;
  private final boolean isStatic;
  private final boolean constructor;
  private final Type[] argumentTypes;
  private final Type returnType;
  private final @Nullable AdviceMethod enter;
  private final @Nullable AdviceMethod replace;
  private final @Nullable AdviceMethod exit;
  private final AdviceCalls calls;
  private final @Nullable Type state;
  private final AddedVariables added;
  private final int keptSelf;
  private final int[] keptArguments;
  private final int keptState;
  private final @Nullable String before;
  private final Label start = new Label();
  private final Label end = new Label();
  private boolean entered;
  // Constructors only: before its call of another one there is no object that could be kept.
  private boolean selfInPlace = true;

  /**
   * @param maxLocals how many local variables the method has
   * @param late whether it makes the call before which it is to be entered
   */
  MethodWeaver(
      MethodVisitor next,
      String type,
      int access,
      WovenMethod method,
      int maxLocals,
      boolean late,
      AdviceCalls calls) {
    super(Opcodes.ASM9, next);
    this.method = method;
    this.type = type;
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.constructor = method.name.equals("<init>");
    this.argumentTypes = Type.getArgumentTypes(method.descriptor);
    this.returnType = Type.getReturnType(method.descriptor);
    this.enter = constructor ? null : method.methods.enter;
    this.replace = constructor ? null : method.methods.replace;
    this.exit = method.methods.exit;
    this.calls = calls;
    this.before = late ? method.before : null;
    this.state = stateType();
    boolean keepsSelf = !constructor && uses(exit, AdviceMethods.Source.THIS);
    this.added = new AddedVariables(maxLocals);
    this.keptSelf = keepsSelf ? added.keep(Type.getObjectType(type)) : -1;
    this.keptArguments = added.keepArguments(constructor ? null : exit, argumentTypes);
    this.keptState = state == null ? -1 : added.keep(state);
    if (isStatic && (keepsSelf || uses(enter, AdviceMethods.Source.THIS))) {
      throw new UnweavableMethodException(method, "is static");
    }
  }

  private @Nullable Type stateType() {
    boolean kept = exit != null || replace != null;
    return enter == null || !kept || enter.returnType.getSort() == Type.VOID
        ? null
        : AdviceSignatures.generalized(enter.returnType);
  }

  private static boolean uses(@Nullable AdviceMethod method, AdviceMethods.Source source) {
    return method != null && Arrays.asList(method.sources).contains(source);
  }

  private boolean handles() {
    return exit != null && exit.onThrowable && !constructor;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (keptSelf >= 0) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitVarInsn(Opcodes.ASTORE, keptSelf);
    }
    for (int i = 0; i < keptArguments.length; i++) {
      if (keptArguments[i] >= 0) {
        value(argumentTypes[i], slot(i), argumentTypes[i]);
        super.visitVarInsn(argumentTypes[i].getOpcode(Opcodes.ISTORE), keptArguments[i]);
      }
    }
    if (before == null) {
      enter();
    } else if (state != null) {
      super.visitInsn(AdviceSignatures.zero(state));
      super.visitVarInsn(state.getOpcode(Opcodes.ISTORE), keptState);
    }
    if (replace != null) {
      call(replace, -1, -1);
      Type argument = argumentTypes[replace.replacesArgument];
      super.visitTypeInsn(Opcodes.CHECKCAST, argument.getInternalName());
      super.visitVarInsn(Opcodes.ASTORE, slot(replace.replacesArgument));
    }
    if (handles()) {
      super.visitLabel(start);
    }
  }

  private void enter() {
    entered = true;
    if (enter == null) {
      return;
    }
    call(enter, -1, -1);
    if (state != null) {
      super.visitVarInsn(state.getOpcode(Opcodes.ISTORE), keptState);
    } else {
      dropResult(enter);
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    if (!entered && MaxLocals.isCall(before, owner, name, descriptor)) {
      enter();
    }
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
  }

  /** Loads what an advice method asks for and calls it. */
  private void call(AdviceMethod advice, int returned, int thrown) {
    Type[] types = AdviceSignatures.arguments(advice);
    calls.begin(mv, types.length);
    for (int i = 0; i < types.length; i++) {
      if (i == advice.sources.length) {
        loadOriginal(advice, returned);
      } else {
        load(advice, i, types[i], returned, thrown);
      }
      calls.argument(mv, i, types[i]);
    }
    String partner = AdviceSignatures.partner(advice, enter, exit);
    Type result = AdviceSignatures.result(advice);
    calls.end(mv, AdviceSignatures.name(advice), result, types, partner);
  }

  private void loadOriginal(AdviceMethod advice, int returned) {
    int variable = advice.replacesReturn ? returned : slot(advice.replacesArgument);
    super.visitVarInsn(Opcodes.ALOAD, variable);
  }

  private void load(AdviceMethod advice, int parameter, Type wanted, int returned, int thrown) {
    switch (advice.sources[parameter]) {
      case THIS:
        super.visitVarInsn(Opcodes.ALOAD, keptSelf >= 0 ? keptSelf : 0);
        break;
      case ARGUMENT:
        int argument = advice.arguments[parameter];
        boolean kept = advice == exit && keptArguments[argument] >= 0;
        value(argumentTypes[argument], kept ? keptArguments[argument] : slot(argument), wanted);
        break;
      case ENTER:
        value(state == null ? wanted : state, keptState, wanted);
        break;
      case RETURN:
        value(returnType, returned, wanted);
        break;
      default:
        value(THROWABLE, thrown, wanted);
        break;
    }
  }

  /** Null or zero, if there is no variable. */
  private void value(Type woven, int variable, Type wanted) {
    Type type = woven.getSort() == Type.VOID ? wanted : woven;
    if (variable < 0) {
      super.visitInsn(AdviceSignatures.zero(type));
    } else {
      super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), variable);
    }
    if (AdviceSignatures.isReference(wanted)) {
      Boxes.box(mv, type);
    } else if (type.getOpcode(Opcodes.ILOAD) != wanted.getOpcode(Opcodes.ILOAD)) {
      throw new UnweavableMethodException(method, "has values of other types than its advice");
    }
  }

  private int slot(int argument) {
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < argument; i++) {
      slot += argumentTypes[i].getSize();
    }
    return slot;
  }

  @Override
  public void visitInsn(int opcode) {
    boolean returns = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    if (exit != null && returns && !method.failuresOnly) {
      if (!selfInPlace && uses(exit, AdviceMethods.Source.THIS)) {
        throw new UnweavableMethodException(method, "overwrites this");
      }
      int returned = added.passing();
      boolean value = opcode != Opcodes.RETURN;
      if (value) {
        super.visitVarInsn(returnType.getOpcode(Opcodes.ISTORE), returned);
      }
      call(exit, value ? returned : -1, -1);
      if (exit.replacesReturn) {
        super.visitTypeInsn(Opcodes.CHECKCAST, returnType.getInternalName());
      } else {
        dropResult(exit);
        if (value) {
          super.visitVarInsn(returnType.getOpcode(Opcodes.ILOAD), returned);
        }
      }
    }
    super.visitInsn(opcode);
  }

  private void dropResult(AdviceMethod advice) {
    if (advice.returnType.getSort() != Type.VOID) {
      super.visitInsn(advice.returnType.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    if (constructor && variable == 0 && opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
      selfInPlace = false;
    }
    super.visitVarInsn(opcode, variable);
  }

  @Override
  public void visitFrame(int kind, int numLocal, Object[] local, int numStack, Object[] stack) {
    if (constructor) {
      selfInPlace &=
          numLocal > 0 && (local[0] == Opcodes.UNINITIALIZED_THIS || type.equals(local[0]));
    }
    if (added.inFrames()) {
      Object[] all = added.frame(numLocal, local);
      super.visitFrame(Opcodes.F_NEW, all.length, all, numStack, stack);
    } else {
      super.visitFrame(kind, numLocal, local, numStack, stack);
    }
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (handles() && exit != null) {
      super.visitLabel(end);
      // Of the variables only those that are kept are certain here.
      Object[] kept = added.frame(0, new Object[0]);
      Object[] caught = {THROWABLE.getInternalName()};
      super.visitFrame(Opcodes.F_NEW, kept.length, kept, 1, caught);
      int thrown = added.passing();
      super.visitVarInsn(Opcodes.ASTORE, thrown);
      if (!exit.replacesReturn) {
        call(exit, -1, thrown);
        dropResult(exit);
      }
      super.visitVarInsn(Opcodes.ALOAD, thrown);
      super.visitInsn(Opcodes.ATHROW);
    }
    // What a call needs comes first in the table: the exit's handler would take all.
    calls.finish(mv);
    if (handles()) {
      super.visitTryCatchBlock(start, end, end, null);
    }
    // Arguments are at most 255 slots; the table form holds an array and three more beside one.
    int stack = maxStack + 2 * (parameters(enter) + parameters(replace) + parameters(exit)) + 8;
    if (stack > MAX || added.total() > MAX) {
      throw new UnweavableMethodException(method, "has no room for more variables");
    }
    super.visitMaxs(stack, added.total());
  }

  private static int parameters(@Nullable AdviceMethod advice) {
    return advice == null ? 0 : advice.sources.length;
  }
}
