package io.otlpagent.instrumentation.library.jetty;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ReceivingServerContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Jetty10Test extends ReceivingServerContract {

  @Override
  protected ServletServer start() {
    return ServletServer.jetty(
        new LibraryClassLoader(false, "jetty-10.0"), "org.eclipse.jetty.servlet", APPLICATION);
  }
}
