package io.otlpagent.instrumentation.library.servletjakarta;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ServletContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Jetty120Ee10Test extends ServletContract {

  @Override
  protected ServletServer start() {
    return ServletServer.jetty(
        new LibraryClassLoader(true, "jetty-12.0-ee10"),
        "org.eclipse.jetty.ee10.servlet",
        APPLICATION);
  }
}
