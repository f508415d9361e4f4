package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaHome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShortLivedIT {

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#some")
  void spanOfProgramThatEndsAtOnceIsDelivered(JavaHome home) throws Exception {
    run(home, 0, "ShortLived");
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#some")
  void spanOfProgramThatExitsAtOnceIsDelivered(JavaHome home) throws Exception {
    run(home, 5, "ShortLived", "5");
  }

  private static void run(JavaHome home, int exitCode, String... program) throws Exception {
    String classPath = Programs.compile("short", "short", 8, false, List.of());
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .program("-cp", classPath)
                    .program(program))) {
      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isEqualTo(exitCode);
      assertThat(receiver.store().spans())
          .as("delivered when the JVM has ended; %s", process)
          .singleElement()
          .satisfies(span -> assertThat(span.attribute("url.full")).endsWith("/short"));
      receiver.assertSound();
    }
  }
}
