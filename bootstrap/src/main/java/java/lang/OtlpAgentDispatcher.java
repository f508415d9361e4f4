package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The one class that woven code names. It stands in {@code java.lang} because every class loader,
 * however it filters, hands that package to the bootstrap loader.
 *
 * <p>Compiled like any other class and defined by the agent at start; never found on a class path.
 * Called on application threads.
 */
public final class OtlpAgentDispatcher {

  // Written once at start, before the first class is woven.
  private static volatile MethodHandle linker;
  private static volatile MethodHandle caller;

  private OtlpAgentDispatcher() {}

  /**
   * Connects woven code with the agent.
   *
   * @param linker {@code (Lookup, String, MethodType, String, String)CallSite}
   * @param caller {@code (int, Object[])Object}
   */
  public static void install(MethodHandle linker, MethodHandle caller) {
    OtlpAgentDispatcher.caller = caller;
    OtlpAgentDispatcher.linker = linker;
  }

  /**
   * The bootstrap method of every woven call (JVMS 6.5, invokedynamic). It always gives a call
   * site: one that does nothing if the agent cannot.
   */
  public static CallSite link(
      MethodHandles.Lookup lookup, String name, MethodType type, String plugin, String advice) {
    MethodHandle link = linker;
    if (link != null) {
      try {
        return (CallSite) link.invokeExact(lookup, name, type, plugin, advice);
      } catch (Throwable e) {
        // The linker counts its failures; the application gets a call that does nothing.
      }
    }
    return new ConstantCallSite(noop(type));
  }

  /** What woven code calls in class files that are too old for invokedynamic (before Java 7). */
  public static Object call(int site, Object[] arguments) {
    MethodHandle call = caller;
    if (call == null) {
      return null;
    }
    try {
      return (Object) call.invokeExact(site, arguments);
    } catch (Throwable e) {
      return null;
    }
  }

  /** Takes the arguments and returns null, zero or nothing. */
  private static MethodHandle noop(MethodType type) {
    Class<?> result = type.returnType();
    MethodHandle constant;
    if (result == void.class) {
      constant =
          MethodHandles.constant(Object.class, null).asType(MethodType.methodType(void.class));
    } else if (result == boolean.class) {
      constant = MethodHandles.constant(boolean.class, false);
    } else if (result.isPrimitive()) {
      constant = MethodHandles.constant(int.class, 0).asType(MethodType.methodType(result));
    } else {
      constant = MethodHandles.constant(result, null);
    }
    return MethodHandles.dropArguments(constant, 0, type.parameterList());
  }
}
