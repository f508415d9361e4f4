package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.export.RegularChores;
import io.otlpagent.agent.export.SpanExporter;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.DeliveryContext;
import io.otlpagent.agent.export.delivery.ExporterControl;
import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.delivery.RetryLoop;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.metrics.ExportMetrics;
import io.otlpagent.agent.export.otlp.AttributeLimits;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ExportMetricsTest {

  private final Queue<ExportResult> results = new ArrayDeque<>();
  private final SpanCounters counters = new SpanCounters();
  private final DropCounters drops = new DropCounters();
  private final ExporterAlarm alarm = new ExporterAlarm();
  private final SpanQueue queue = new SpanQueue(8, 4, drops, alarm);
  private final OtlpSender sender = new QueuedResults();
  private final DeliveryContext context =
      new DeliveryContext(
          sender,
          new ExporterControl(
              new ExporterSettings(4, TimeUnit.HOURS.toNanos(1), 0, new RetryPolicy(3, 0, 0, 2.0))),
          new SpanLedger(counters, queue, drops),
          null);
  private final RegularChores chores = new RegularChores(List.of(), Long.MAX_VALUE);
  private final BatchDelivery delivery =
      new BatchDelivery(
          context,
          new TraceRequestEncoder(
              Resource.EMPTY,
              "1.2.3",
              AttributeLimits.DEFAULT,
              TraceRequestEncoder.TARGET_REQUEST_BYTES),
          new RetryLoop(context, chores, null),
          null,
          null);
  private final SpanExporter exporter = new SpanExporter(queue, alarm, delivery, chores, null);
  private final Tracer tracer =
      new Tracer(Sampler.ALWAYS_ON, new IdGenerator(1, 2), new TimeSource(), counters, queue);
  private final ExportMetrics metrics =
      new ExportMetrics(
          delivery, AgentConfigLoader.load(null, new Properties(), Map.of()).otlp(), null);

  @AfterEach
  void stop() throws InterruptedException {
    exporter.shutdown(0, List.of());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyFigureIsThereBeforeTheFirstSpan(boolean openMetrics) {
    assertThat(scrape(openMetrics))
        .containsEntry("otlp_requests_total", 0.0)
        .containsEntry("otlp_request_duration_seconds_count", 0.0)
        .containsEntry("otlp_batch_size_count", 0.0)
        .containsEntry("otlp_active_connections", 1.0)
        .containsEntry("otlp_spans_started_total", 0.0)
        .containsEntry("otlp_spans_live", 0.0)
        .containsEntry("otlp_spans_queued", 0.0)
        .containsEntry("otlp_spans_exported_total", 0.0)
        .containsEntry("otlp_spans_rejected_total", 0.0)
        .containsEntry("otlp_spans_dropped_total{reason=\"queue_full\"}", 0.0)
        .containsEntry("otlp_spans_on_disk", 0.0);
  }

  @Test
  void figuresTellWhatBecameOfEverySpan() throws InterruptedException {
    start();
    results.add(ExportResult.retryable("unavailable", "try again", 0));
    results.add(ExportResult.partial(1, "too old"));
    record(3);
    exporter.flush(TimeUnit.SECONDS.toNanos(60));
    results.add(ExportResult.permanent("unauthenticated", "who are you"));
    record(2);
    exporter.flush(TimeUnit.SECONDS.toNanos(60));
    tracer.start(new EmptySpan());

    Map<String, Double> samples = scrape(true);

    String processor =
        "otel_component_name=\"batching_span_processor/0\","
            + "otel_component_type=\"batching_span_processor\"";
    String component =
        "otel_component_name=\"otlp_grpc_span_exporter/0\","
            + "otel_component_type=\"otlp_grpc_span_exporter\","
            + "server_address=\"localhost\",server_port=\"4317\"";
    assertThat(samples)
        .containsEntry("otlp_requests_total", 3.0)
        .containsEntry("otlp_request_duration_seconds_count", 3.0)
        .containsEntry("otlp_batch_size_sum", 5.0)
        .containsEntry("otlp_errors_total{reason=\"unavailable\"}", 1.0)
        .containsEntry("otlp_errors_total{reason=\"rejected\"}", 1.0)
        .containsEntry("otlp_errors_total{reason=\"unauthenticated\"}", 1.0)
        .containsEntry("otlp_spans_started_total", 6.0)
        .containsEntry("otlp_spans_live", 1.0)
        .containsEntry("otlp_spans_exported_total", 2.0)
        .containsEntry("otlp_spans_rejected_total", 1.0)
        .containsEntry("otlp_spans_dropped_total{reason=\"permanent_error\"}", 2.0)
        .containsEntry(
            "otel_sdk_span_started_total{otel_span_parent_origin=\"none\","
                + "otel_span_sampling_result=\"RECORD_AND_SAMPLE\"}",
            6.0)
        .containsEntry(
            "otel_sdk_span_started_total{otel_span_parent_origin=\"remote\","
                + "otel_span_sampling_result=\"DROP\"}",
            0.0)
        .containsEntry("otel_sdk_processor_span_queue_capacity{" + processor + "}", 8.0)
        .containsEntry("otel_sdk_processor_span_processed_total{" + processor + "}", 5.0)
        .containsEntry("otel_sdk_exporter_span_exported_total{" + component + "}", 2.0)
        .containsEntry(
            "otel_sdk_exporter_span_exported_total{error_type=\"rejected\"," + component + "}", 1.0)
        .containsEntry(
            "otel_sdk_exporter_span_exported_total{error_type=\"permanent_error\","
                + component
                + "}",
            2.0);
  }

  private void start() {
    Thread thread = new Thread(exporter, "otlp-agent-exporter");
    thread.setDaemon(true);
    thread.start();
    await().until(exporter::running);
  }

  private void record(int spans) {
    for (int i = 0; i < spans; i++) {
      Span span = new EmptySpan();
      tracer.start(span);
      tracer.end(span);
    }
  }

  private Map<String, Double> scrape(boolean openMetrics) {
    MetricsWriter writer = new MetricsWriter(openMetrics);
    metrics.collect(writer);
    return Exposition.parse(writer.finish().toString(), openMetrics).samples();
  }

  private static final class EmptySpan extends Span {

    EmptySpan() {
      super(InstrumentationScope.of("test"), SpanKind.INTERNAL);
    }

    @Override
    public String name() {
      return "empty";
    }

    @Override
    public void writeAttributes(AttributeWriter writer) {}
  }

  private final class QueuedResults implements OtlpSender {

    @Override
    public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
      ExportResult result = results.poll();
      return result == null ? ExportResult.success() : result;
    }

    @Override
    public int activeConnections() {
      return 1;
    }

    @Override
    public String description() {
      return "the test";
    }

    @Override
    public void close() {}
  }
}
