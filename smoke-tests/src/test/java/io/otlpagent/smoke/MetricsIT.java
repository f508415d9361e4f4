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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics on their way to a real OpenTelemetry Collector. */
final class MetricsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "grpc, explicit_bucket_histogram",
    "http/protobuf, explicit_bucket_histogram",
    "http/json, explicit_bucket_histogram",
    "grpc, base2_exponential_bucket_histogram",
    "http/json, base2_exponential_bucket_histogram",
  })
  void collectorWritesTheMetricsThatTheEndpointShows(String protocol, String aggregation)
      throws Exception {
    int grpc = Http.freePort();
    int http = Http.freePort();
    int port = Http.freePort();
    int endpoint = Http.freePort();
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
                            "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
                            aggregation,
                            "OTEL_INSTRUMENTATION_HTTP_SERVER_EMIT_EXPERIMENTAL_TELEMETRY",
                            "true",
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
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () ->
                  assertThat(requests(metrics(collector)))
                      .isEqualTo(scrapedRequests(Http.body(endpoint, "/metrics")))
                      .isNotEmpty());
      await().atMost(PATIENCE).untilAsserted(() -> assertMetrics(metrics(collector)));
      boolean exponential = aggregation.startsWith("base2");
      assertHistograms(metrics(collector), exponential ? "exponentialHistogram" : "histogram");
      await().atMost(PATIENCE).untilAsserted(() -> assertExemplars(collector));
    }
  }

  private static void assertMetrics(Map<String, JsonNode> metrics) {
    assertThat(metrics)
        .containsKeys(
            "http.server.request.duration",
            "http.client.request.duration",
            "http.server.active_requests",
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
    assertThat(metrics.get("http.server.active_requests").at("/sum/isMonotonic").asBoolean())
        .isFalse();
    assertThat(metrics.get("jvm.memory.used").at("/sum/isMonotonic").asBoolean()).isFalse();
    assertThat(metrics.get("jvm.class.loaded").at("/sum/isMonotonic").asBoolean()).isTrue();
    assertThat(metrics.get("jvm.class.loaded").at("/sum/aggregationTemporality").asInt())
        .isEqualTo(2);
  }

  /** All are of that kind; those that have found their buckets have counted each value once. */
  private static void assertHistograms(Map<String, JsonNode> metrics, String kind) {
    List<String> found = new ArrayList<>();
    metrics.forEach(
        (name, metric) -> {
          if (metric.has("histogram") || metric.has("exponentialHistogram")) {
            found.add(name);
            assertThat(metric.has(kind)).as(name).isTrue();
            metric
                .at("/exponentialHistogram/dataPoints")
                .forEach(point -> assertExponential(name, point));
          }
        });
    assertThat(found)
        .contains(
            "http.server.request.duration",
            "http.client.request.duration",
            "http.server.request.body.size",
            "db.client.operation.duration",
            "otlp.request.duration",
            "otlp.batch.size");
  }

  private static void assertExponential(String name, JsonNode point) {
    long count = point.path("zeroCount").asLong();
    for (JsonNode bucket : point.at("/positive/bucketCounts")) {
      count += bucket.asLong();
    }
    assertThat(count).as(name).isEqualTo(point.path("count").asLong());
    assertThat(point.path("scale").asInt()).as(name).isBetween(-4, 20);
    assertThat(point.at("/positive/bucketCounts").size()).as(name).isLessThanOrEqualTo(160);
    if (count > 0) {
      assertThat(point.path("max").asDouble()).isGreaterThanOrEqualTo(point.path("min").asDouble());
      assertThat(point.path("sum").asDouble()).isGreaterThanOrEqualTo(point.path("max").asDouble());
    }
  }

  /** Each names a span that arrived, too. */
  private static void assertExemplars(Collector collector) throws IOException {
    Set<String> spans = new HashSet<>();
    for (JsonNode span : collector.spans()) {
      spans.add(span.get("traceId").asText() + span.get("spanId").asText());
    }
    List<String> exemplars = new ArrayList<>();
    for (JsonNode line : collector.lines()) {
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
      JsonNode kind = histogram.path("histogram");
      for (JsonNode point :
          (kind.isMissingNode() ? histogram.path("exponentialHistogram") : kind)
              .path("dataPoints")) {
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
  private static Map<String, JsonNode> metrics(Collector collector) throws IOException {
    Map<String, JsonNode> metrics = new TreeMap<>();
    for (JsonNode line : collector.lines()) {
      line.findValues("metrics")
          .forEach(
              list -> list.forEach(metric -> metrics.put(metric.get("name").asText(), metric)));
    }
    return metrics;
  }
}
