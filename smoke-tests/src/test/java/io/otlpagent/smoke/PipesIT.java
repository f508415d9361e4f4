package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Settings that name a pipe nobody is at the other end of: it must not be opened. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class PipesIT {

  @TempDir private Path folder;

  @BeforeEach
  void makePipe() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", pipe()).start().waitFor()).isZero();
  }

  @Test
  void logThatIsAPipeIsWrittenToStandardError() throws Exception {
    try (Receiver receiver = new Receiver();
        AgentProcess process = run(receiver.endpoint(), Map.of("OTLP_LOGGING_OUTPUT", pipe()))) {
      assertThat(process.err())
          .contains("cannot log to " + pipe())
          .contains("it is a pipe; a regular file is wanted");
      assertThat(receiver.store().spans()).hasSize(1);
    }
  }

  @Test
  void certificateThatIsAPipeIsSaidAndTheJvmEnds() throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put("OTEL_EXPORTER_OTLP_CERTIFICATE", pipe());
    settings.put("OTLP_OTLP_HEADERS_FILE", pipe());
    try (Receiver receiver = new Receiver();
        AgentProcess process = run(receiver.endpoint().replace("http:", "https:"), settings)) {
      assertThat(process.err())
          .contains("OTLP_OTLP_HEADERS_FILE: " + pipe() + " cannot be read")
          .contains(pipe() + " is not a regular file")
          .contains("lost 1");
    }
  }

  private String pipe() {
    return folder.resolve("pipe").toString();
  }

  private static AgentProcess run(String endpoint, Map<String, String> settings) throws Exception {
    String classPath = Programs.compile("short", "short", 8, false, List.of());
    JavaCommand command =
        AgentProcess.underAgent(JavaHome.running(), endpoint)
            .environment(settings)
            .program("-cp", classPath, "ShortLived");
    AgentProcess process = new AgentProcess(command).awaitEnd();
    assertThat(process.exitCode()).as("%s", process).isZero();
    return process;
  }
}
