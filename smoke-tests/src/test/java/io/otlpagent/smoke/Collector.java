package io.otlpagent.smoke;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otlpagent.smoke.process.Http;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real OpenTelemetry Collector: OTLP over gRPC in, a file out. */
final class Collector implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Process process;
  private final Path output;

  private Collector(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts one that listens on that port and writes to a file of its own in the folder. */
  static Collector start(Path folder, int grpc) throws IOException {
    return start(folder, grpc, Http.freePort());
  }

  /** The same with OTLP over HTTP on that port. */
  static Collector start(Path folder, int grpc, int http) throws IOException {
    Path binary = require();
    int health = Http.freePort();
    // The collector empties the file that it finds.
    Path output = folder.resolve("traces-" + health + ".jsonl");
    Path configuration = folder.resolve("otelcol.yaml");
    if (!Files.exists(configuration)) {
      try (var resource = Collector.class.getResourceAsStream("/otelcol.yaml")) {
        Files.copy(resource, configuration);
      }
    }
    ProcessBuilder builder =
        new ProcessBuilder(binary.toString(), "--config", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("otelcol.log").toFile());
    builder.environment().put("OTELCOL_GRPC", "127.0.0.1:" + grpc);
    builder.environment().put("OTELCOL_HTTP", "127.0.0.1:" + http);
    builder.environment().put("OTELCOL_HEALTH", "127.0.0.1:" + health);
    builder.environment().put("OTELCOL_OUTPUT", output.toString());
    Collector collector = new Collector(builder.start(), output);
    await().atMost(PATIENCE).until(() -> Http.status(health, "/") == 200);
    return collector;
  }

  /** What CI lacks is a failure there; elsewhere it is skipped with a line that names it. */
  static Path require() {
    Optional<Path> binary = binary();
    if (binary.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("no otelcol: .ci/install-tools.sh builds it");
    }
    Assumptions.assumeTrue(
        binary.isPresent(), "no OpenTelemetry Collector (otelcol): .ci/install-tools.sh builds it");
    return binary.orElseThrow();
  }

  List<JsonNode> spans() throws IOException {
    List<JsonNode> spans = new ArrayList<>();
    for (JsonNode line : lines()) {
      line.findValues("spans").forEach(list -> list.forEach(spans::add));
    }
    return spans;
  }

  /** What was written, one request a line; the last line may not have been written to its end. */
  List<JsonNode> lines() throws IOException {
    if (!Files.exists(output)) {
      return List.of();
    }
    String text = Files.readString(output);
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(mapper.readTree(line));
      }
    }
    return lines;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  private static Optional<Path> binary() {
    Stream<String> folders =
        Stream.of(
                Optional.ofNullable(System.getenv("OTLP_AGENT_TOOLS")),
                Optional.of(System.getProperty("tools.folder")),
                Optional.ofNullable(System.getenv("PATH")))
            .flatMap(Optional::stream)
            .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)));
    return folders
        .filter(path -> !path.isEmpty())
        .map(path -> Path.of(path, "otelcol").toAbsolutePath())
        .filter(Files::isExecutable)
        .findFirst();
  }
}
