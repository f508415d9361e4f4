package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's jar is overwritten in place while the JVM runs, as by a deployment that copies. */
final class OverwrittenJarIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#someFrom11")
  void byGarbage(JavaHome home) throws Exception {
    byte[] garbage = new byte[6_000_000];
    new Random(1).nextBytes(garbage);

    overwrite(home, garbage);
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#someFrom11")
  void byAFileThatIsCutShort(JavaHome home) throws Exception {
    overwrite(home, Arrays.copyOf(Files.readAllBytes(Programs.agent()), 100_000));
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#someFrom11")
  void byAnotherVersion(JavaHome home) throws Exception {
    overwrite(home, OtherVersion.of(Programs.agent(), folder.resolve("other.jar")));
  }

  private void overwrite(JavaHome home, byte[] other) throws Exception {
    Path jar = Files.copy(Programs.agent(), folder.resolve("running.jar"));
    Path replacement = Files.write(folder.resolve("replacement"), other);
    String classPath = Programs.compile("overwritten", "overwritten", 8, false, List.of());
    int port = Http.freePort();
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                new JavaCommand(home)
                    .option("-javaagent:" + jar)
                    .environment(AgentProcess.environment(receiver.endpoint()))
                    .option("-Dotlp.server.enabled=true")
                    .option("-Dotlp.server.port=" + port)
                    .program("-cp", classPath, "Overwritten")
                    .program(jar.toString(), replacement.toString()))) {
      OutputStream in = process.process().process().getOutputStream();
      // What an export needs is loaded when one has ended, which is after its spans have arrived.
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> Http.body(port, "/metrics").contains("\notlp_spans_exported_total 1\n"));
      assertThat(Http.status(port, "/health")).isEqualTo(200);
      in.write("overwrite\n".getBytes(StandardCharsets.US_ASCII));
      in.flush();
      await().atMost(PATIENCE).until(() -> process.out().contains("overwritten"));

      assertThat(Http.status(port, "/health")).as("%s", process).isEqualTo(503);
      assertThat(Http.status(port, "/ready")).as("%s", process).isEqualTo(200);
      assertThat(Http.status(port, "/metrics")).as("%s", process).isEqualTo(200);

      in.write("exit\n".getBytes(StandardCharsets.US_ASCII));
      in.flush();
      process.awaitEnd();
      assertThat(process.exitCode()).as("%s", process).isEqualTo(7);
      assertThat(receiver.store().spans()).as("the last one as well; %s", process).hasSize(2);
      assertThat(process.err())
          .containsOnlyOnce("the agent's jar was overwritten while the JVM runs")
          .doesNotContain("\tat ");
    }
  }
}
