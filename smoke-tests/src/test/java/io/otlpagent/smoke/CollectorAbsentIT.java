package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CollectorAbsentIT {

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#all")
  void programRunsAndEndsAsEver(JavaHome home) throws Exception {
    String classPath = Programs.compile("short", "short", 8, false, List.of());
    String nobody = "http://127.0.0.1:" + Http.freePort();
    JavaCommand command =
        AgentProcess.underAgent(home, nobody).program("-cp", classPath, "ShortLived", "5");
    try (AgentProcess process = new AgentProcess(command)) {
      process.awaitEnd();

      assertThat(process.exitCode()).isEqualTo(5);
      assertThat(process.out()).isEqualTo("got 120" + System.lineSeparator());
      assertThat(process.err()).doesNotContain("\tat ").doesNotContain("Exception in thread");
    }
  }
}
