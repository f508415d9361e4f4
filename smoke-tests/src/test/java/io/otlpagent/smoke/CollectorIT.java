package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenTelemetry Collector: OTLP over gRPC in, a file out. */
final class CollectorIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void collectorWritesEverySpanOnceWithItsParent() throws Exception {
    Path binary = requireCollector();
    Path output = folder.resolve("traces.jsonl");
    int grpc = Http.freePort();
    int port = Http.freePort();
    Process collector = start(binary, output, grpc);
    try (AgentProcess shop =
        new AgentProcess(
            AgentProcess.underAgent(JavaHome.running(), "http://127.0.0.1:" + grpc)
                .environment(Map.of("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=it"))
                .program("-jar", Programs.shop().toString(), "--server.port=" + port))) {
      Http.awaitStatus(port, "/products/1", 200, shop.process());
      Http.status(port, "/products/4711");
      Http.status(port, "/reports/daily");

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(names(output)).contains("GET /reports/daily", "SELECT stock"));
      List<JsonNode> spans = spans(output);
      assertSpans(spans);
      assertResource(output);
    } finally {
      collector.destroy();
      collector.waitFor();
    }
  }

  private static void assertSpans(List<JsonNode> spans) {
    Set<String> ids = new HashSet<>();
    spans.forEach(span -> assertThat(ids.add(span.get("spanId").asText())).isTrue());
    assertThat(spans)
        .allSatisfy(
            span -> {
              String parent = span.path("parentSpanId").asText();
              assertThat(parent.isEmpty() || ids.contains(parent)).as("%s", span).isTrue();
              assertThat(span.get("traceId").asText()).hasSize(32);
            });
    assertThat(spans)
        .extracting(span -> span.get("kind").asInt() + " " + span.get("name").asText())
        .contains(
            "2 GET /products/{id}",
            "3 SELECT products",
            "3 GET",
            "2 GET /stock/{productId}",
            "3 SELECT stock",
            "2 GET /reports/daily",
            "3 SELECT daily_sales");
    assertThat(spans)
        .filteredOn(span -> span.get("name").asText().equals("GET /reports/daily"))
        .allSatisfy(span -> assertThat(span.at("/status/code").asInt()).isEqualTo(2));
  }

  private static void assertResource(Path output) throws IOException {
    List<String> attributes = new ArrayList<>();
    for (JsonNode line : lines(output)) {
      line.findValues("resource")
          .forEach(
              resource ->
                  resource
                      .path("attributes")
                      .forEach(
                          attribute ->
                              attributes.add(
                                  attribute.get("key").asText()
                                      + "="
                                      + attribute.at("/value/stringValue").asText())));
    }
    assertThat(attributes)
        .contains(
            "service.name=smoke", "deployment.environment.name=it", "telemetry.sdk.language=java");
  }

  private Process start(Path binary, Path output, int grpc) throws Exception {
    int health = Http.freePort();
    Path configuration = folder.resolve("otelcol.yaml");
    try (var resource = CollectorIT.class.getResourceAsStream("/otelcol.yaml")) {
      Files.copy(resource, configuration);
    }
    ProcessBuilder builder =
        new ProcessBuilder(binary.toString(), "--config", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("otelcol.log").toFile());
    builder.environment().put("OTELCOL_GRPC", "127.0.0.1:" + grpc);
    builder.environment().put("OTELCOL_HTTP", "127.0.0.1:" + Http.freePort());
    builder.environment().put("OTELCOL_HEALTH", "127.0.0.1:" + health);
    builder.environment().put("OTELCOL_OUTPUT", output.toString());
    Process collector = builder.start();
    await().atMost(PATIENCE).until(() -> Http.status(health, "/") == 200);
    return collector;
  }

  private static Set<String> names(Path output) throws IOException {
    Set<String> names = new HashSet<>();
    spans(output).forEach(span -> names.add(span.get("name").asText()));
    return names;
  }

  private static List<JsonNode> spans(Path output) throws IOException {
    List<JsonNode> spans = new ArrayList<>();
    for (JsonNode line : lines(output)) {
      line.findValues("spans").forEach(list -> list.forEach(spans::add));
    }
    return spans;
  }

  /** The last line may not have been written to its end. */
  private static List<JsonNode> lines(Path output) throws IOException {
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

  /** What CI lacks is a failure there; elsewhere it is skipped with a line that names it. */
  private static Path requireCollector() {
    Optional<Path> binary = collector();
    if (binary.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("no otelcol: .ci/install-tools.sh builds it");
    }
    Assumptions.assumeTrue(
        binary.isPresent(), "no OpenTelemetry Collector (otelcol): .ci/install-tools.sh builds it");
    return binary.orElseThrow();
  }

  private static Optional<Path> collector() {
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
