package io.otlpagent.instrumentation.library.tomcat;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.ReceivingServerContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Tomcat9Test extends ReceivingServerContract {

  @Override
  protected ServletServer start() {
    return ServletServer.tomcat(new LibraryClassLoader(false, "tomcat-9.0"), APPLICATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"itself", "two", "causes"})
  void objectsThatLeadInACircleHaveAnEnd(String kind) {
    nextRequestsHaveTheirOwnSpans(kind);
  }
}
