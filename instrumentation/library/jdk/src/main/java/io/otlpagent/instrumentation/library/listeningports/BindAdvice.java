package io.otlpagent.instrumentation.library.listeningports;

import io.otlpagent.instrumentation.util.AgentPorts;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Where a listening socket could not be bound to an address. */
public final class BindAdvice {

  private BindAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Argument(0) @Nullable SocketAddress address,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown instanceof BindException && address instanceof InetSocketAddress) {
      AgentPorts.refused(((InetSocketAddress) address).getPort());
    }
  }
}
