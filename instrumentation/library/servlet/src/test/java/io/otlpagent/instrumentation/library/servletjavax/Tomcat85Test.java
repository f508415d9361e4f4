package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ServletContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Tomcat85Test extends ServletContract {

  @Override
  protected ServletServer start() {
    return ServletServer.tomcat(new LibraryClassLoader(false, "tomcat-8.5"), APPLICATION);
  }
}
