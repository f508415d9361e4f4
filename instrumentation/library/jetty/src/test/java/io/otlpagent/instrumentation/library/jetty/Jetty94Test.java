package io.otlpagent.instrumentation.library.jetty;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ReceivingServerContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Jetty94Test extends ReceivingServerContract {

  @Override
  protected ServletServer start() {
    return ServletServer.jetty(
        new LibraryClassLoader(false, "jetty-9.4"), "org.eclipse.jetty.servlet", APPLICATION);
  }
}
