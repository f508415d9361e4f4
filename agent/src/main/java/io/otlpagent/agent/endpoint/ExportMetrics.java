package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.config.OtlpConfig;
import io.otlpagent.agent.export.DropReason;
import io.otlpagent.agent.export.ExportStatistics;
import io.otlpagent.agent.export.Histogram;
import io.otlpagent.agent.export.SpanLedger;
import io.otlpagent.agent.export.SpanSender;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The agent's own pipeline: the ledger of spans and the export requests, in the operators' names
 * and in those of OpenTelemetry.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/">Semantic conventions
 *     for SDK metrics</a>
 */
public final class ExportMetrics implements MetricSource {

  private static final Labels SAMPLED = Labels.of("otel.span.sampling_result", "RECORD_AND_SAMPLE");
  private static final Labels PROCESSOR =
      Labels.of("otel.component.name", "batching_span_processor/0")
          .and("otel.component.type", "batching_span_processor");

  private final SpanLedger ledger;
  private final ExportStatistics statistics;
  private final SpanSender sender;
  private final Labels exporter;

  public ExportMetrics(
      SpanLedger ledger, ExportStatistics statistics, SpanSender sender, OtlpConfig otlp) {
    this.ledger = ledger;
    this.statistics = statistics;
    this.sender = sender;
    String type = otlp.grpc() ? "otlp_grpc_span_exporter" : "otlp_http_span_exporter";
    this.exporter =
        Labels.of("otel.component.name", type + "/0")
            .and("otel.component.type", type)
            .and("server.address", otlp.host())
            .and("server.port", otlp.port());
  }

  @Override
  public void write(MetricsWriter writer) {
    writeRequests(writer);
    writeLedger(writer);
    writeSdkSpans(writer);
    writeSdkExporter(writer);
  }

  private void writeRequests(MetricsWriter writer) {
    writer.counter("otlp_requests", "Export requests sent, retries included.");
    writer.sample(statistics.requests());
    writer.histogram("otlp_request_duration_seconds", "Duration of export requests.");
    write(writer, statistics.requestSeconds());
    writer.histogram("otlp_batch_size", "Spans of export requests, each batch counted once.");
    write(writer, statistics.batchSizes());
    writer.gauge("otlp_active_connections", "Open connections to the collector.");
    writer.sample(sender.activeConnections());
    writer.counter("otlp_errors", "Export requests that failed or were refused in part.");
    for (Map.Entry<String, LongAdder> error : new TreeMap<>(statistics.errors()).entrySet()) {
      writer.sample(error.getValue().sum(), Labels.of("reason", error.getKey()));
    }
  }

  private static void write(MetricsWriter writer, Histogram histogram) {
    writer.histogram(histogram.bounds(), histogram.bucketCounts(), histogram.sum(), Labels.NONE);
  }

  private void writeLedger(MetricsWriter writer) {
    writer.counter("otlp_spans_started", "Sampled spans started.").sample(ledger.started());
    writer.gauge("otlp_spans_live", "Sampled spans that have not ended.").sample(ledger.live());
    writer.gauge("otlp_spans_queued", "Spans that wait for export.").sample(ledger.queued());
    writer.gauge("otlp_spans_queue_capacity", "Spans that can wait for export.");
    writer.sample(ledger.queueCapacity());
    writer.gauge("otlp_spans_inflight", "Spans of the batch that is being exported.");
    writer.sample(ledger.inflight());
    writer.counter("otlp_spans_exported", "Spans that the collector took.");
    writer.sample(ledger.exported());
    writer.counter("otlp_spans_rejected", "Spans that the collector refused.");
    writer.sample(ledger.rejected());
    writer.counter("otlp_spans_dropped", "Spans that were given up, by reason.");
    for (DropReason reason : DropReason.values()) {
      writer.sample(ledger.dropped(reason), Labels.of("reason", reason.label()));
    }
    writer.gauge("otlp_spans_on_disk", "Spans that are kept on disk.").sample(ledger.onDisk());
  }

  private void writeSdkSpans(MetricsWriter writer) {
    writer.counter("otel.sdk.span.started", "The number of created spans.");
    writer.sample(ledger.started(), SAMPLED);
    writer.gauge("otel.sdk.span.live", "The number of created spans that have not ended.");
    writer.sample(ledger.live(), SAMPLED);
    writer.gauge(
        "otel.sdk.processor.span.queue.size", "The number of spans in the processor's queue.");
    writer.sample(ledger.queued(), PROCESSOR);
    writer.gauge(
        "otel.sdk.processor.span.queue.capacity",
        "The maximum number of spans the processor's queue can hold.");
    writer.sample(ledger.queueCapacity(), PROCESSOR);
    writer.counter(
        "otel.sdk.processor.span.processed",
        "The number of spans for which the processing has finished.");
    writer.sample(handedOver(), PROCESSOR);
    writer.sample(ledger.dropped(DropReason.QUEUE_FULL), PROCESSOR.and("error.type", "queue_full"));
    writer.sample(
        ledger.dropped(DropReason.SHUTDOWN), PROCESSOR.and("error.type", "already_shutdown"));
  }

  /** What the queue gave to the exporter. */
  private long handedOver() {
    long sum = ledger.inflight() + ledger.exported() + ledger.rejected();
    for (DropReason reason : DropReason.values()) {
      sum += isOfExporter(reason) ? ledger.dropped(reason) : 0;
    }
    return sum;
  }

  private static boolean isOfExporter(DropReason reason) {
    return reason != DropReason.QUEUE_FULL
        && reason != DropReason.SWITCHED_OFF
        && reason != DropReason.SHUTDOWN;
  }

  private void writeSdkExporter(MetricsWriter writer) {
    writer.gauge(
        "otel.sdk.exporter.span.inflight",
        "The number of spans which were passed to the exporter, but that have not been exported"
            + " yet.");
    writer.sample(ledger.inflight(), exporter);
    writer.counter(
        "otel.sdk.exporter.span.exported",
        "The number of spans for which the export has finished.");
    writer.sample(ledger.exported(), exporter);
    writer.sample(ledger.rejected(), exporter.and("error.type", "rejected"));
    for (DropReason reason : DropReason.values()) {
      if (isOfExporter(reason)) {
        writer.sample(ledger.dropped(reason), exporter.and("error.type", reason.label()));
      }
    }
  }
}
