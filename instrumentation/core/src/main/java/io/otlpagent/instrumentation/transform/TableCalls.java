package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.indy.AdviceLinker;
import io.otlpagent.instrumentation.indy.OldCallSites;
import java.lang.invoke.MethodType;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Calls advice through the dispatcher's table. For class files of Java 6 and before: the JVM takes
 * an invokedynamic in them for a format error.
 */
final class TableCalls implements AdviceCalls {

  private static final String OBJECT = "java/lang/Object";

  private final String plugin;
  private final String advice;
  private final OldCallSites.Caller caller;

  TableCalls(String plugin, String advice, OldCallSites.Caller caller) {
    this.plugin = plugin;
    this.advice = advice;
    this.caller = caller;
  }

  @Override
  public void begin(MethodVisitor code, int arguments) {
    code.visitIntInsn(Opcodes.BIPUSH, arguments);
    code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
  }

  /** Stack: array, value; afterwards: array. */
  @Override
  public void argument(MethodVisitor code, int position, Type type) {
    Boxes.box(code, type);
    code.visitInsn(Opcodes.SWAP);
    code.visitInsn(Opcodes.DUP_X1);
    code.visitInsn(Opcodes.SWAP);
    code.visitIntInsn(Opcodes.BIPUSH, position);
    code.visitInsn(Opcodes.SWAP);
    code.visitInsn(Opcodes.AASTORE);
  }

  @Override
  public void end(MethodVisitor code, String name, Type result, Type[] arguments, String exit) {
    MethodType type =
        MethodType.fromMethodDescriptorString(
            Type.getMethodDescriptor(result, arguments), Object.class.getClassLoader());
    code.visitLdcInsn(caller.number(name, type, plugin, advice, exit));
    code.visitInsn(Opcodes.SWAP);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        IndyCalls.DISPATCHER,
        name.endsWith(AdviceLinker.REPLACING) ? "callReplacing" : "call",
        "(I[Ljava/lang/Object;)Ljava/lang/Object;",
        false);
    unbox(code, result);
  }

  /** Results are void, references, or an enter value of type int, which may be absent. */
  private static void unbox(MethodVisitor code, Type type) {
    if (type.getSort() == Type.VOID) {
      code.visitInsn(Opcodes.POP);
    } else if (!AdviceSignatures.isReference(type)) {
      throw new IllegalArgumentException("advice for old class files returns references only");
    }
  }
}
