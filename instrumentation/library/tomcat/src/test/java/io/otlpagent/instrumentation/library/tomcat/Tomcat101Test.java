package io.otlpagent.instrumentation.library.tomcat;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ReceivingServerContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Tomcat101Test extends ReceivingServerContract {

  @Override
  protected ServletServer start() {
    return ServletServer.tomcat(new LibraryClassLoader(true, "tomcat-10.1"), APPLICATION);
  }
}
