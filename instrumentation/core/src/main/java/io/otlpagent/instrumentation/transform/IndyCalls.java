package io.otlpagent.instrumentation.transform;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Calls advice with invokedynamic, linked by the dispatcher at the first call.
 *
 * <p>Java 8 wraps whatever its own part of a link throws in a {@link BootstrapMethodError}, also
 * the end of the stack, before the dispatcher is reached (later versions throw what it was). There
 * the code unwraps it: an application that catches {@link StackOverflowError} is to see one.
 */
final class IndyCalls implements AdviceCalls {

  static final String DISPATCHER = "java/lang/OtlpAgentDispatcher";

  private static final Handle LINK =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          DISPATCHER,
          "link",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
              + "Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)"
              + "Ljava/lang/invoke/CallSite;",
          false);

  private static final String WRAPPED = "java/lang/BootstrapMethodError";
  private static final boolean WRAPS =
      System.getProperty("java.specification.version", "").startsWith("1.");

  private final String plugin;
  private final String advice;

  // Where each call begins and ends.
  private final List<Label> ends = new ArrayList<>();

  IndyCalls(String plugin, String advice) {
    this.plugin = plugin;
    this.advice = advice;
  }

  @Override
  public void begin(MethodVisitor code, int arguments) {}

  @Override
  public void argument(MethodVisitor code, int position, Type type) {}

  @Override
  public void end(MethodVisitor code, String name, Type result, Type[] arguments, String exit) {
    label(code);
    code.visitInvokeDynamicInsn(
        name, Type.getMethodDescriptor(result, arguments), LINK, plugin, advice, exit);
    label(code);
  }

  private void label(MethodVisitor code) {
    if (WRAPS) {
      Label label = new Label();
      code.visitLabel(label);
      ends.add(label);
    }
  }

  @Override
  public void finish(MethodVisitor code) {
    if (ends.isEmpty()) {
      return;
    }
    Label handler = new Label();
    for (int i = 0; i < ends.size(); i += 2) {
      code.visitTryCatchBlock(ends.get(i), ends.get(i + 1), handler, WRAPPED);
    }
    code.visitLabel(handler);
    code.visitFrame(Opcodes.F_NEW, 0, new Object[0], 1, new Object[] {WRAPPED});
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        DISPATCHER,
        "unwrap",
        "(Ljava/lang/BootstrapMethodError;)Ljava/lang/Error;",
        false);
    code.visitInsn(Opcodes.ATHROW);
  }
}
