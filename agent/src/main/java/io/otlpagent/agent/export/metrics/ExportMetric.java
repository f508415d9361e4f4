package io.otlpagent.agent.export.metrics;

import io.otlpagent.agent.metrics.Metric;

/**
 * The metrics of the pipeline. The operators' names come first; those that OpenTelemetry has a name
 * of its own for are not sent over OTLP a second time.
 */
final class ExportMetric {

  static final Metric REQUESTS =
      Metric.counter("otlp.requests", "{request}", "Export requests sent, including retries.");
  static final Metric ACTIVE_CONNECTIONS =
      Metric.upDownCounter(
          "otlp.active_connections", "{connection}", "Open connections to the collector.");
  static final Metric ERRORS =
      Metric.counter(
          "otlp.errors", "{request}", "Export requests that failed or were partially rejected.");

  static final Metric STARTED =
      Metric.counter("otlp.spans.started", "{span}", "Sampled spans started.").scrapedOnly();
  static final Metric RECOVERED =
      Metric.counter(
          "otlp.spans.recovered",
          "{span}",
          "Spans of previous JVMs that were recovered from" + " disk.");
  static final Metric LIVE =
      Metric.upDownCounter("otlp.spans.live", "{span}", "Sampled spans that have not ended.")
          .scrapedOnly();
  static final Metric HELD =
      Metric.upDownCounter(
              "otlp.spans.held",
              "{span}",
              "Spans that are not sampled, held until their" + " trace is kept or not.")
          .scrapedOnly();
  static final Metric NOT_KEPT =
      Metric.counter(
          "otlp.traces.not_kept",
          "{trace}",
          "Failed or slow traces not kept because of sampling.keep.max_per_second.");
  static final Metric QUEUED =
      Metric.upDownCounter("otlp.spans.queued", "{span}", "Spans in the export queue.")
          .scrapedOnly();
  static final Metric QUEUE_CAPACITY =
      Metric.upDownCounter(
              "otlp.spans.queue_capacity", "{span}", "Capacity of the export queue" + " in spans.")
          .scrapedOnly();
  static final Metric INFLIGHT =
      Metric.upDownCounter("otlp.spans.inflight", "{span}", "Spans that are being exported.")
          .scrapedOnly();
  static final Metric EXPORTED =
      Metric.counter("otlp.spans.exported", "{span}", "Spans accepted by the collector.")
          .scrapedOnly();
  static final Metric REJECTED =
      Metric.counter("otlp.spans.rejected", "{span}", "Spans rejected by the collector.")
          .scrapedOnly();
  static final Metric DROPPED =
      Metric.counter("otlp.spans.dropped", "{span}", "Spans dropped, by reason.");
  static final Metric ON_DISK =
      Metric.upDownCounter("otlp.spans.on_disk", "{span}", "Spans in the disk buffer.");
  static final Metric BUFFER_BYTES =
      Metric.upDownCounter("otlp.buffer.size", "By", "Size of the disk buffer.");

  static final Metric SDK_STARTED =
      Metric.counter("otel.sdk.span.started", "{span}", "The number of created spans.");
  static final Metric SDK_LIVE =
      Metric.upDownCounter(
          "otel.sdk.span.live", "{span}", "The number of created spans that have not ended.");
  static final Metric SDK_QUEUE_SIZE =
      Metric.upDownCounter(
          "otel.sdk.processor.span.queue.size",
          "{span}",
          "The number of spans in the processor's queue.");
  static final Metric SDK_QUEUE_CAPACITY =
      Metric.upDownCounter(
          "otel.sdk.processor.span.queue.capacity",
          "{span}",
          "The maximum number of spans the processor's queue can hold.");
  static final Metric SDK_PROCESSED =
      Metric.counter(
          "otel.sdk.processor.span.processed",
          "{span}",
          "The number of spans for which the processing has finished.");
  static final Metric SDK_INFLIGHT =
      Metric.upDownCounter(
          "otel.sdk.exporter.span.inflight",
          "{span}",
          "The number of spans which were passed to the exporter, but that have not been exported"
              + " yet.");
  static final Metric SDK_EXPORTED =
      Metric.counter(
          "otel.sdk.exporter.span.exported",
          "{span}",
          "The number of spans for which the export has finished.");

  private ExportMetric() {}
}
