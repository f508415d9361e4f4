package io.otlpagent.smoke;

import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TomcatIT {

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#all")
  void tomcat9MakesOneTreeOfEachRequest(JavaHome home) throws IOException {
    ServletServerChecks.run(home, "tomcat-9", "TomcatServer", 8, true);
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void tomcat101MakesOneTreeOfEachRequest(JavaHome home) throws IOException {
    ServletServerChecks.run(home, "tomcat-10.1", "TomcatServer", 11, false);
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from17")
  void tomcat11MakesOneTreeOfEachRequest(JavaHome home) throws IOException {
    ServletServerChecks.run(home, "tomcat-11", "TomcatServer", 17, false);
  }
}
