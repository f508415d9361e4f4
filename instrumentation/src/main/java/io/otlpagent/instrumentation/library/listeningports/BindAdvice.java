package io.otlpagent.instrumentation.library.listeningports;

import io.otlpagent.instrumentation.util.AgentPorts;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around binding a listening socket to an address. */
public final class BindAdvice {

  private BindAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable SocketAddress start(@Advice.Argument(0) @Nullable SocketAddress address) {
    return address;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable SocketAddress address, @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown instanceof BindException && address instanceof InetSocketAddress) {
      AgentPorts.refused(((InetSocketAddress) address).getPort());
    }
  }
}
