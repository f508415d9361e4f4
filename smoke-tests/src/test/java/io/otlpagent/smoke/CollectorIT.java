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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http/protobuf"})
  void collectorWritesTheMetricsThatTheEndpointShows(String protocol) throws Exception {
    Path binary = requireCollector();
    Path output = folder.resolve("metrics.jsonl");
    int grpc = Http.freePort();
    int http = Http.freePort();
    int port = Http.freePort();
    int endpoint = Http.freePort();
    Process collector = start(binary, output, grpc, http);
    try (AgentProcess shop =
        new AgentProcess(
            AgentProcess.underAgent(
                    JavaHome.running(),
                    "http://127.0.0.1:" + (protocol.equals("grpc") ? grpc : http))
                .environment(
                    Map.of(
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        protocol,
                        "OTEL_METRIC_EXPORT_INTERVAL",
                        "500",
                        "OTLP_SERVER_ENABLED",
                        "true",
                        "OTLP_SERVER_PORT",
                        Integer.toString(endpoint)))
                .program("-jar", Programs.shop().toString(), "--server.port=" + port))) {
      Http.awaitStatus(port, "/products/1", 200, shop.process());
      Http.status(port, "/products/4711");
      Http.status(port, "/reports/daily");

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(requests(metrics(output)))
                      .isEqualTo(scrapedRequests(Http.body(endpoint, "/metrics")))
                      .isNotEmpty());
      assertMetrics(metrics(output));
      await().atMost(PATIENCE).untilAsserted(() -> assertExemplars(output));
    } finally {
      collector.destroy();
      collector.waitFor();
    }
  }

  private static void assertMetrics(Map<String, JsonNode> metrics) {
    assertThat(metrics)
        .containsKeys(
            "http.server.request.duration",
            "http.client.request.duration",
            "db.client.operation.duration",
            "jvm.memory.used",
            "jvm.memory.committed",
            "jvm.memory.limit",
            "jvm.thread.count",
            "jvm.class.loaded",
            "jvm.class.unloaded",
            "jvm.class.count",
            "jvm.cpu.time",
            "jvm.cpu.count",
            "jvm.cpu.recent_utilization",
            "otel.sdk.span.started",
            "otel.sdk.processor.span.processed",
            "otel.sdk.exporter.span.exported",
            "otel.sdk.exporter.metric_data_point.exported",
            "otlp.spans.dropped")
        .doesNotContainKeys("otlp.spans.started", "target");
    assertThat(metrics.get("http.server.request.duration").at("/unit").asText()).isEqualTo("s");
    assertThat(metrics.get("jvm.memory.used").at("/sum/isMonotonic").asBoolean()).isFalse();
    assertThat(metrics.get("jvm.class.loaded").at("/sum/isMonotonic").asBoolean()).isTrue();
    assertThat(metrics.get("jvm.class.loaded").at("/sum/aggregationTemporality").asInt())
        .isEqualTo(2);
  }

  /** Each names a span that arrived, too. */
  private static void assertExemplars(Path output) throws IOException {
    Set<String> spans = new HashSet<>();
    for (JsonNode span : spans(output)) {
      spans.add(span.get("traceId").asText() + span.get("spanId").asText());
    }
    List<String> exemplars = new ArrayList<>();
    for (JsonNode line : lines(output)) {
      line.findValues("exemplars")
          .forEach(
              list ->
                  list.forEach(
                      exemplar ->
                          exemplars.add(
                              exemplar.get("traceId").asText() + exemplar.get("spanId").asText())));
    }
    assertThat(exemplars).isNotEmpty();
    assertThat(spans).containsAll(exemplars);
  }

  /** How many requests each route had, as the last export says. */
  private static Map<String, Long> requests(Map<String, JsonNode> metrics) {
    Map<String, Long> requests = new TreeMap<>();
    JsonNode histogram = metrics.get("http.server.request.duration");
    if (histogram != null) {
      for (JsonNode point : histogram.at("/histogram/dataPoints")) {
        String route = "";
        for (JsonNode attribute : point.path("attributes")) {
          if (attribute.get("key").asText().equals("http.route")) {
            route = attribute.at("/value/stringValue").asText();
          }
        }
        requests.merge(route, point.get("count").asLong(), Long::sum);
      }
    }
    return requests;
  }

  private static Map<String, Long> scrapedRequests(String exposition) {
    Map<String, Long> requests = new TreeMap<>();
    Matcher matcher =
        Pattern.compile(
                "(?m)^http_server_request_duration_seconds_count\\{.*?http_route=\"([^\"]*)\".*?\\}"
                    + " (\\d+)$")
            .matcher(exposition);
    while (matcher.find()) {
      requests.merge(matcher.group(1), Long.valueOf(matcher.group(2)), Long::sum);
    }
    return requests;
  }

  /** The last of each name. */
  private static Map<String, JsonNode> metrics(Path output) throws IOException {
    Map<String, JsonNode> metrics = new TreeMap<>();
    for (JsonNode line : lines(output)) {
      line.findValues("metrics")
          .forEach(
              list -> list.forEach(metric -> metrics.put(metric.get("name").asText(), metric)));
    }
    return metrics;
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
    return start(binary, output, grpc, Http.freePort());
  }

  private Process start(Path binary, Path output, int grpc, int http) throws Exception {
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
    builder.environment().put("OTELCOL_HTTP", "127.0.0.1:" + http);
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
