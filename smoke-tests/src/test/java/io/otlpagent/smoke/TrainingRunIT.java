package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that records an archive is not traced, in whichever file its options stand. */
final class TrainingRunIT {

  @TempDir private Path folder;

  static Stream<Arguments> runs() {
    return Jdks.some().stream()
        .filter(home -> home.feature() >= 17)
        .flatMap(
            home ->
                Stream.of("-XX:Flags=", "-XX:VMOptionsFile=", "@")
                    .map(option -> Arguments.of(home, option)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  void agentIsPassiveAndSaysSo(JavaHome home, String option) throws Exception {
    String classPath = Programs.compile("short", "short", 8, false, List.of());
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .option("--add-modules", "java.instrument", option + options(home, option))
                    .program("-cp", classPath, "ShortLived"))) {
      process.awaitEnd();

      assertThat(process.out()).as("%s", process).contains("got 120");
      assertThat(process.err()).contains("otlp-agent: no tracing in this run, it records");
      assertThat(receiver.store().spans()).isEmpty();
    }
  }

  private Path options(JavaHome home, String option) throws IOException {
    List<String> options =
        home.feature() >= 25
            ? List.of("AOTMode=record", "AOTConfiguration=" + folder.resolve("app.aotconf"))
            : List.of(
                "+UnlockDiagnosticVMOptions",
                "+AllowArchivingWithJavaAgent",
                "ArchiveClassesAtExit=" + folder.resolve("app.jsa"));
    String prefix = option.equals("-XX:Flags=") ? "" : "-XX:";
    return Files.write(
        folder.resolve("options"), options.stream().map(line -> prefix + line).toList());
  }
}
