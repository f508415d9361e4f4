package io.otlpagent.instrumentation.transform;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/** How woven code calls advice: begin, push each argument, end. */
interface AdviceCalls {

  /** Called before the arguments are loaded. */
  void begin(MethodVisitor code, int arguments);

  /** Called with each argument on top of the stack. */
  void argument(MethodVisitor code, int position, Type type);

  /**
   * Makes the call and leaves its result, if it has one, on the stack.
   *
   * @param exit what {@link io.otlpagent.instrumentation.indy.AdviceLinker} links with it: name and
   *     descriptor of the exit that an enter method needs, and what stands for it in the exit
   */
  void end(MethodVisitor code, String name, Type result, Type[] arguments, String exit);

  /** Called once, where the method's code ends: what its calls need there. */
  default void finish(MethodVisitor code) {}
}
