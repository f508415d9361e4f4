package io.otlpagent.instrumentation.library.listeningports;

import static io.otlpagent.instrumentation.MethodAdvice.on;
import static io.otlpagent.instrumentation.TypeInstrumentation.named;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;

/**
 * The two ways to listen that the JDK has. Neither class is loaded before the application, or the
 * agent's endpoint, listens.
 */
public final class ListeningPortsModule extends InstrumentationModule {

  public ListeningPortsModule() {
    super("listening-ports", "listening-ports");
  }

  @Override
  public boolean makesSpans() {
    return false;
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        named(
            "java.net.ServerSocket",
            on("bind", "(Ljava/net/SocketAddress;I)V").whenItThrows().call("BindAdvice")),
        named(
            "sun.nio.ch.ServerSocketChannelImpl",
            on("bind", "(Ljava/net/SocketAddress;I)Ljava/nio/channels/ServerSocketChannel;")
                .whenItThrows()
                .call("BindAdvice")));
  }
}
