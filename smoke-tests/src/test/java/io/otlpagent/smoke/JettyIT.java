package io.otlpagent.smoke;

import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JettyIT {

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from17")
  void jetty12MakesOneTreeOfEachRequest(JavaHome home) throws IOException {
    ServletServerChecks.run(home, "jetty-12", "JettyServer", 17, false);
  }
}
