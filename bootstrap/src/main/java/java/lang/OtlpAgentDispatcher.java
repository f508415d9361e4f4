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

  /**
   * Ends the name of a call whose result replaces a value of the application: its last argument,
   * which such a call gives back if the agent cannot.
   */
  public static final String REPLACING = "$replacing";

  // Written once at start, before the first class is woven.
  private static volatile MethodHandle linker;
  private static volatile MethodHandle caller;

  private OtlpAgentDispatcher() {}

  /**
   * Connects woven code with the agent. Only the first call does: this class is visible to every
   * class of the application.
   *
   * @param linker {@code (Lookup, String, MethodType, String, String, String)CallSite}, which gives
   *     null for a call that is to change nothing
   * @param caller {@code (int, Object[])Object}
   * @throws IllegalStateException if the two are connected
   */
  public static synchronized void install(MethodHandle linker, MethodHandle caller) {
    if (OtlpAgentDispatcher.linker != null) {
      throw new IllegalStateException("woven code is connected with the agent");
    }
    OtlpAgentDispatcher.caller = caller;
    OtlpAgentDispatcher.linker = linker;
  }

  /**
   * The bootstrap method of every woven call (JVMS 6.5, invokedynamic). It gives a call site that
   * changes nothing if the agent cannot.
   *
   * @throws StackOverflowError if there is no room for any call site. The JVM keeps only a
   *     LinkageError for ever, and comes again at the next call.
   * @throws OutOfMemoryError likewise
   */
  public static CallSite link(
      MethodHandles.Lookup lookup,
      String name,
      MethodType type,
      String plugin,
      String advice,
      String exit) {
    MethodHandle link = linker;
    if (link != null) {
      try {
        CallSite site = (CallSite) link.invokeExact(lookup, name, type, plugin, advice, exit);
        if (site != null) {
          return site;
        }
      } catch (StackOverflowError | OutOfMemoryError e) {
        throw e;
      } catch (Throwable e) {
        // The linker counts its failures; the application gets a call that changes nothing.
      }
    }
    return new ConstantCallSite(unchanged(name, type));
  }

  /**
   * What a call throws whose link failed on Java 8: the end of stack or heap that the JDK wrapped,
   * else the error itself.
   */
  public static Error unwrap(BootstrapMethodError error) {
    Throwable cause = error.getCause();
    return cause instanceof VirtualMachineError ? (Error) cause : error;
  }

  /** What woven code calls in class files that are too old for invokedynamic (before Java 7). */
  public static Object call(int site, Object[] arguments) {
    return call(site, arguments, null);
  }

  /** The same for a call whose result replaces its last argument. */
  public static Object callReplacing(int site, Object[] arguments) {
    return call(site, arguments, arguments[arguments.length - 1]);
  }

  private static Object call(int site, Object[] arguments, Object otherwise) {
    MethodHandle call = caller;
    if (call == null) {
      return otherwise;
    }
    try {
      return (Object) call.invokeExact(site, arguments);
    } catch (Throwable e) {
      return otherwise;
    }
  }

  /**
   * What a call is that changes nothing: it gives its last argument if it replaces, else nothing.
   */
  public static MethodHandle unchanged(String name, MethodType type) {
    return name.endsWith(REPLACING) ? original(type) : nothing(type);
  }

  /** Takes the arguments and returns the last, which is of the type of the result. */
  private static MethodHandle original(MethodType type) {
    int last = type.parameterCount() - 1;
    return MethodHandles.dropArguments(
        MethodHandles.identity(type.returnType()), 0, type.parameterList().subList(0, last));
  }

  /** Takes the arguments and returns null, zero or nothing. */
  private static MethodHandle nothing(MethodType type) {
    MethodHandle nothing =
        MethodHandles.explicitCastArguments(
            MethodHandles.constant(Object.class, null), MethodType.methodType(type.returnType()));
    return MethodHandles.dropArguments(nothing, 0, type.parameterList());
  }
}
