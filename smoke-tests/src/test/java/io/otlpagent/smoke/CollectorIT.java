package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real OpenTelemetry Collector: OTLP in, a file out. */
final class CollectorIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http/json"})
  void collectorWritesEverySpanOnceWithItsParent(String protocol) throws Exception {
    int grpc = Http.freePort();
    int http = Http.freePort();
    int port = Http.freePort();
    try (Collector collector = Collector.start(folder, grpc, http);
        AgentProcess shop =
            new AgentProcess(
                AgentProcess.underAgent(
                        JavaHome.running(),
                        "http://127.0.0.1:" + (protocol.equals("grpc") ? grpc : http))
                    .environment(
                        Map.of(
                            "OTEL_EXPORTER_OTLP_PROTOCOL",
                            protocol,
                            "OTEL_RESOURCE_ATTRIBUTES",
                            "deployment.environment.name=it"))
                    .program("-jar", Programs.shop().toString(), "--server.port=" + port))) {
      Http.awaitStatus(port, "/products/1", 200, shop.process());
      Http.status(port, "/products/4711");
      Http.status(port, "/reports/daily");

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(names(collector)).contains("GET /reports/daily", "SELECT stock"));
      // A server may end its span when the client is already about the next request.
      await().atMost(PATIENCE).untilAsserted(() -> assertSpans(collector.spans()));
      assertResource(collector);
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

  private static void assertResource(Collector collector) throws IOException {
    List<String> attributes = new ArrayList<>();
    for (JsonNode line : collector.lines()) {
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

  private static Set<String> names(Collector collector) throws IOException {
    Set<String> names = new HashSet<>();
    collector.spans().forEach(span -> names.add(span.get("name").asText()));
    return names;
  }
}
