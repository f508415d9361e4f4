package io.otlpagent.instrumentation.library.servletjakarta;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ServletContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Jetty121Ee11Test extends ServletContract {

  @Override
  protected ServletServer start() {
    return ServletServer.jetty(
        new LibraryClassLoader(true, "jetty-12.1-ee11"),
        "org.eclipse.jetty.ee11.servlet",
        APPLICATION);
  }
}
