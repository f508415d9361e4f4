package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image of jlink that has no module but what it must have: what is absent is left out. */
final class RuntimeImageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'java.base,java.instrument', the metrics of the JVM are left out, jvm_memory_used",
    "'java.base,java.instrument,java.management', jvm.gc.duration are left out, jvm_cpu_time",
  })
  void whatTheImageLacksIsLeftOutWithOneLine(String modules, String line, String metric)
      throws Exception {
    JavaHome image = link(modules);
    String classPath = Programs.compile("steady", "steady", 8, false, List.of());
    int endpoint = Http.freePort();
    JavaCommand command;
    try (Receiver receiver = new Receiver()) {
      command =
          AgentProcess.underAgent(image, receiver.endpoint())
              .environment(
                  Map.of(
                      "OTLP_SERVER_ENABLED",
                      "true",
                      "OTLP_SERVER_PORT",
                      Integer.toString(endpoint)))
              .program("-cp", classPath, "Steady", "20", "0");
      try (AgentProcess process = new AgentProcess(command)) {
        await().atMost(PATIENCE).until(() -> !receiver.store().spans().isEmpty());
        Http.awaitStatus(endpoint, "/health", 200, process.process());
        assertThat(Http.body(endpoint, "/metrics"))
            .contains("http_client_request_duration_seconds_count{", "otlp_spans_exported_total")
            .doesNotContain(metric);
        assertThat(Http.body(endpoint, "/metrics")).doesNotContain(metric);
        assertThat(Http.body(endpoint, "/doctor")).containsPattern("\"jvm\": \\{\\s+\"version\": ");
        process.input("").awaitEnd();

        assertThat(process.exitCode()).as("%s", process).isZero();
        assertThat(process.err().lines().filter(text -> text.contains(line)))
            .singleElement()
            .asString()
            .contains("INFO", "--add-modules");
        assertThat(process.err()).contains("lost 0").doesNotContain("\"WARN\"", "\"ERROR\"");
      }
    }
  }

  private JavaHome link(String modules) {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElse(null);
    Assumptions.assumeTrue(
        jlink != null && Files.isDirectory(JavaHome.running().path().resolve("jmods")),
        "this JDK has no jlink, or no modules for it");
    Path image = folder.resolve("image");
    int result =
        jlink.run(System.out, System.err, "--add-modules", modules, "--output", image.toString());
    assertThat(result).isZero();
    return new JavaHome(image, JavaHome.running().feature());
  }
}
