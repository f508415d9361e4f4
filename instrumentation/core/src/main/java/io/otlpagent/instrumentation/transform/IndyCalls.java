package io.otlpagent.instrumentation.transform;

import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Calls advice with invokedynamic, linked by the dispatcher at the first call. */
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

  private final String plugin;
  private final String advice;

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
    code.visitInvokeDynamicInsn(
        name, Type.getMethodDescriptor(result, arguments), LINK, plugin, advice, exit);
  }
}
