package io.otlpagent.instrumentation.indy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/**
 * A woven call that changes nothing until it can be linked, which it tries at later calls. Lives as
 * long as the class that makes the call; used by whatever thread calls.
 */
final class RetryingCallSite extends MutableCallSite {

  private final AdviceLinker linker;
  private final @Nullable ClassLoader loader;
  private final AdviceCall call;
  private final LinkAttempts attempts;
  private final MethodHandle unchanged;

  /**
   * @param loader of the class that makes the call; null for the bootstrap loader
   */
  RetryingCallSite(
      AdviceLinker linker, @Nullable ClassLoader loader, AdviceCall call, LinkAttempts attempts)
      throws ReflectiveOperationException {
    super(call.type);
    this.linker = linker;
    this.loader = loader;
    this.call = call;
    this.attempts = attempts;
    this.unchanged = OtlpAgentDispatcher.unchanged(call.name, call.type);
    MethodHandle next =
        MethodHandles.lookup()
            .findVirtual(RetryingCallSite.class, "next", MethodType.methodType(MethodHandle.class))
            .bindTo(this);
    setTarget(MethodHandles.foldArguments(MethodHandles.exactInvoker(call.type), next));
  }

  /** What this call runs. Called through the method handle only. */
  MethodHandle next() {
    try {
      MethodHandle linked = linker.attempt(loader, call, attempts);
      if (linked != null) {
        setTarget(linked);
        return linked;
      }
    } catch (PluginRefusedException e) {
      setTarget(unchanged);
    } catch (Throwable e) {
      // Not even room for the question whether it is time to try, on the stack or the heap.
      return unchanged;
    }
    return unchanged;
  }
}
