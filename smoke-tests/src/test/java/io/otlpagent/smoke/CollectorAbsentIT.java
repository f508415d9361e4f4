package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CollectorAbsentIT {

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#some")
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

  @Test
  void withoutRetriesABatchIsGivenUpInsteadOfHeld() throws Exception {
    String classPath = Programs.compile("steady", "steady", 8, false, List.of());
    int admin = Http.freePort();
    JavaCommand command =
        AgentProcess.underAgent(JavaHome.running(), "http://127.0.0.1:" + Http.freePort())
            .environment(
                Map.of(
                    "OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true",
                    "OTLP_RETRY_MAX_ELAPSED", "1h",
                    "OTLP_SERVER_ENABLED", "true",
                    "OTLP_SERVER_PORT", Integer.toString(admin)))
            .program("-cp", classPath, "Steady", "20", "0");
    try (AgentProcess process = new AgentProcess(command)) {
      await()
          .atMost(Duration.ofSeconds(120))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () ->
                  assertThat(Http.body(admin, "/metrics"))
                      .containsPattern(
                          "otlp_spans_dropped_total\\{[^}]*retries_exhausted[^}]*} [1-9]"));
      process.input("").awaitEnd();
    }
  }
}
