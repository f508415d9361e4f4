package io.otlpagent.instrumentation.library.servletjakarta;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ServletContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Tomcat101Test extends ServletContract {

  @Override
  protected ServletServer start() {
    return ServletServer.tomcat(new LibraryClassLoader(true, "tomcat-10.1"), APPLICATION);
  }
}
