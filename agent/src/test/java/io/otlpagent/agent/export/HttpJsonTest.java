package io.otlpagent.agent.export;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.otlp.RandomMessages;
import io.otlpagent.agent.export.probe.CollectorProbe;
import io.otlpagent.agent.export.probe.ProbeResult;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code http/json}, from what is encoded to what the answer means. */
@Timeout(180)
class HttpJsonTest {

  @TempDir private Path folder;

  private JsonCollector collector;
  private HttpSender sender;

  @BeforeEach
  void start() throws Exception {
    collector = new JsonCollector();
    sender = collector.sender(false);
  }

  @AfterEach
  void stop() {
    sender.close();
    collector.close();
  }

  @Test
  void spansArriveAsJson() throws Exception {
    assertThat(Requests.send(sender, 3).isSuccess()).isTrue();

    assertThat(collector.traces)
        .containsExactly(ExportTraceServiceRequest.parseFrom(Requests.of(3)));
    assertThat(collector.headers.get(0).getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(sender.description()).endsWith(" (http/json)");
  }

  @Test
  void jsonIsCompressed() throws Exception {
    HttpSender compressing = collector.sender(true);

    assertThat(Requests.send(compressing, 500).isSuccess()).isTrue();
    compressing.close();

    assertThat(collector.headers.get(0).getFirst("Content-Encoding")).isEqualTo("gzip");
    assertThat(collector.traces)
        .containsExactly(ExportTraceServiceRequest.parseFrom(Requests.of(500)));
  }

  @Test
  void metricsArriveAsJson() {
    ExportMetricsServiceRequest request =
        new RandomMessages(7).fill(ExportMetricsServiceRequest.newBuilder()).build();
    byte[] encoded = request.toByteArray();

    ExportResult result =
        sender.send(
            new OtlpRequest(OtlpSignal.METRICS, encoded, encoded.length),
            Requests.deadline(10_000));

    assertThat(result.isSuccess()).isTrue();
    assertThat(collector.metrics).containsExactly(request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "2"})
  void aPartialSuccessSaysHowManyWereRejected(String rejected) {
    collector.next(
        200,
        "{\"partialSuccess\":{\"rejectedSpans\":" + rejected + ",\"errorMessage\":\"too old\"}}");

    ExportResult result = Requests.send(sender, 3);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.rejected()).isEqualTo(2);
    assertThat(result.message()).isEqualTo("too old");
  }

  @Test
  void theCollectorsExplanationIsKept() {
    collector.next(400, "{\"code\":3,\"message\":\"no \\\"x\\\"\"}");
    collector.next(503, "{\"code\":14,\"message\":\"busy\",\"details\":[]}");

    ExportResult refused = Requests.send(sender, 1);
    ExportResult busy = Requests.send(sender, 1);

    assertThat(refused.isRetryable()).isFalse();
    assertThat(refused.message()).isEqualTo("HTTP 400: no \"x\"");
    assertThat(busy.isRetryable()).isTrue();
    assertThat(busy.message()).isEqualTo("HTTP 503: busy");
  }

  @Test
  void aRequestThatIsDamagedIsGivenUp() {
    byte[] request = Requests.of(1);

    ExportResult result =
        sender.send(
            new OtlpRequest(OtlpSignal.TRACES, request, request.length - 1),
            Requests.deadline(10_000));

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.isRetryable()).isFalse();
    assertThat(result.reason()).isEqualTo("internal_error");
    assertThat(collector.headers).isEmpty();
  }

  @Test
  void whatIsOnDiskIsSentAsJson() throws Exception {
    collector.always(503, "{}");
    BufferSettings disk = new BufferSettings(folder.toFile(), "shop", 1 << 20, 3_600_000);
    try (Pipeline pipeline =
        new Pipeline(new Pipeline.Options(64, Pipeline.settings(10), sender).disk(disk)).start()) {
      await().until(pipeline.exporter::running);
      for (int i = 0; i < 25; i++) {
        pipeline.end(pipeline.begin("span " + i));
      }
      assertThat(pipeline.flush()).isTrue();
      assertThat(pipeline.ledger.onDisk()).isEqualTo(25);

      collector.always(200, "{}");

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(25));
      assertThat(collector.traces)
          .flatExtracting(request -> request.getResourceSpans(0).getScopeSpansList())
          .flatExtracting(scope -> scope.getSpansList())
          .extracting(span -> span.getName())
          .hasSize(25)
          .contains("span 0", "span 24");
    }
  }

  @Test
  void aGrpcPortIsExplainedWithThePortForJson() throws IOException {
    try (GrpcCollector grpc = new GrpcCollector()) {
      SenderSettings settings =
          new SenderSettings(
                  CollectorEndpoint.of("127.0.0.1:" + grpc.port(), true), Map.of(), false, "1")
              .withJson(true);

      ProbeResult result =
          new CollectorProbe(settings, false, "/v1/traces").probe(SECONDS.toNanos(10));

      assertThat(result.hint())
          .contains("speaks HTTP/2 only")
          .endsWith("or otlp.endpoint to the http/json port (usually 4318)");
    }
  }

  @Test
  void aCollectorThatTakesNoJsonIsExplained() {
    collector.always(415, "unsupported media type");
    CollectorEndpoint endpoint =
        CollectorEndpoint.of(sender.description().replaceAll(" .*", ""), true);
    SenderSettings settings = new SenderSettings(endpoint, Map.of(), false, "1").withJson(true);

    ProbeResult result =
        new CollectorProbe(settings, false, "/v1/traces").probe(SECONDS.toNanos(10));

    assertThat(result.hint())
        .isEqualTo(endpoint + " takes no JSON: set otlp.protocol=http/protobuf");
  }
}
