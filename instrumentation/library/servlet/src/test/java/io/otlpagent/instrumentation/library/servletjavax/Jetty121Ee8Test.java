package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ServletContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Jetty121Ee8Test extends ServletContract {

  @Override
  protected ServletServer start() {
    return ServletServer.jetty(
        new LibraryClassLoader(false, "jetty-12.1-ee8"),
        "org.eclipse.jetty.ee8.servlet",
        APPLICATION);
  }
}
