package io.otlpagent.instrumentation.library.tomcat;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ReceivingServerContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;

final class Tomcat85Test extends ReceivingServerContract {

  @Override
  protected ServletServer start() {
    return ServletServer.tomcat(new LibraryClassLoader(false, "tomcat-8.5"), APPLICATION);
  }
}
