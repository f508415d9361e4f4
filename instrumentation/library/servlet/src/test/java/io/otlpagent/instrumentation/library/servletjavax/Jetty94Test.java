package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ServletContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Jetty94Test extends ServletContract {

  @Override
  protected ServletServer start() {
    return ServletServer.jetty(
        new LibraryClassLoader(false, "jetty-9.4"), "org.eclipse.jetty.servlet", APPLICATION);
  }
}
