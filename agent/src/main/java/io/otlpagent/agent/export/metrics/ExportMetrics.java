package io.otlpagent.agent.export.metrics;

import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.DiskParking;
import io.otlpagent.agent.export.delivery.ExportStatistics;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.metrics.HistogramMetrics;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricCollector;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.instrumentation.trace.ParentOrigin;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own pipeline: the ledger of spans and the export requests, in the operators' names
 * and in those of OpenTelemetry.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/">Semantic conventions
 *     for SDK metrics</a>
 */
public final class ExportMetrics implements MetricSource {

  private static final Labels SAMPLED = Labels.of("otel.span.sampling_result", "RECORD_AND_SAMPLE");
  private static final Labels NOT_SAMPLED = Labels.of("otel.span.sampling_result", "DROP");
  private static final Labels PROCESSOR =
      Labels.of("otel.component.name", "batching_span_processor/0")
          .and("otel.component.type", "batching_span_processor");

  private final BatchDelivery delivery;
  private final SpanLedger ledger;
  private final ExportStatistics statistics;
  private final HistogramMetrics histograms;
  private final @Nullable DiskParking parking;
  private final Labels exporter;
  private final AtomicLong handedOver = new AtomicLong();

  /**
   * @param parking has the disk behind the delivery; null if there is none
   */
  public ExportMetrics(BatchDelivery delivery, OtlpConfig otlp, @Nullable DiskParking parking) {
    this.delivery = delivery;
    this.ledger = delivery.ledger();
    this.statistics = delivery.statistics();
    this.histograms = new HistogramMetrics(statistics.histograms());
    this.parking = parking;
    this.exporter = ExporterComponent.ofSpans(otlp);
  }

  @Override
  public void collect(MetricCollector collector) {
    collectRequests(collector);
    collectLedger(collector);
    collectSdkSpans(collector);
    collectSdkExporter(collector);
  }

  private void collectRequests(MetricCollector collector) {
    collector.begin(ExportMetric.REQUESTS);
    collector.point(statistics.requests(), Labels.NONE);
    histograms.collect(collector);
    collector.begin(ExportMetric.ACTIVE_CONNECTIONS);
    collector.point(delivery.activeConnections(), Labels.NONE);
    collector.begin(ExportMetric.ERRORS);
    for (Map.Entry<String, LongAdder> error : new TreeMap<>(statistics.errors()).entrySet()) {
      collector.point(error.getValue().sum(), Labels.of("reason", error.getKey()));
    }
  }

  private void collectLedger(MetricCollector collector) {
    point(collector, ExportMetric.STARTED, ledger.started());
    point(collector, ExportMetric.RECOVERED, ledger.recovered());
    point(collector, ExportMetric.LIVE, ledger.live());
    point(collector, ExportMetric.HELD, ledger.held());
    point(collector, ExportMetric.NOT_KEPT, ledger.notKept());
    point(collector, ExportMetric.QUEUED, ledger.queued());
    point(collector, ExportMetric.QUEUE_CAPACITY, ledger.queueCapacity());
    point(collector, ExportMetric.INFLIGHT, ledger.inflight());
    point(collector, ExportMetric.EXPORTED, ledger.exported());
    point(collector, ExportMetric.REJECTED, ledger.rejected());
    collector.begin(ExportMetric.DROPPED);
    for (DropReason reason : DropReason.values()) {
      collector.point(ledger.dropped(reason), Labels.of("reason", reason.label()));
    }
    point(collector, ExportMetric.ON_DISK, ledger.onDisk());
    point(collector, ExportMetric.BUFFER_BYTES, parking == null ? 0 : parking.bytesOnDisk());
  }

  private static void point(MetricCollector collector, Metric metric, long value) {
    collector.begin(metric);
    collector.point(value, Labels.NONE);
  }

  private void collectSdkSpans(MetricCollector collector) {
    collector.begin(ExportMetric.SDK_STARTED);
    for (ParentOrigin parent : ParentOrigin.values()) {
      String origin = parent.label();
      collector.point(ledger.started(parent), SAMPLED.and("otel.span.parent.origin", origin));
      collector.point(
          ledger.notSampled(parent), NOT_SAMPLED.and("otel.span.parent.origin", origin));
    }
    collector.begin(ExportMetric.SDK_LIVE);
    collector.point(ledger.live(), SAMPLED);
    collector.begin(ExportMetric.SDK_QUEUE_SIZE);
    collector.point(ledger.queued(), PROCESSOR);
    collector.begin(ExportMetric.SDK_QUEUE_CAPACITY);
    collector.point(ledger.queueCapacity(), PROCESSOR);
    collector.begin(ExportMetric.SDK_PROCESSED);
    collector.point(handedOver(), PROCESSOR);
    collector.point(
        ledger.dropped(DropReason.QUEUE_FULL), PROCESSOR.and("error.type", "queue_full"));
    collector.point(ledger.dropped(DropReason.HOLD_FULL), PROCESSOR.and("error.type", "hold_full"));
    collector.point(
        ledger.dropped(DropReason.SHUTDOWN), PROCESSOR.and("error.type", "already_shutdown"));
  }

  /**
   * What the exporter is done with. Without what is in flight, which may end as lost at the exit,
   * and never less than before, though spans change their place while this is read.
   */
  private long handedOver() {
    long sum = ledger.exported() + ledger.rejected();
    // What former JVMs left on disk never was in this one's queue.
    sum += ledger.onDisk() - ledger.recovered();
    for (DropReason reason : DropReason.values()) {
      sum += isOfExporter(reason) ? ledger.dropped(reason) : 0;
    }
    return handedOver.accumulateAndGet(sum, Math::max);
  }

  private static boolean isOfExporter(DropReason reason) {
    return reason != DropReason.QUEUE_FULL
        && reason != DropReason.HOLD_FULL
        && reason != DropReason.SWITCHED_OFF
        && reason != DropReason.SHUTDOWN;
  }

  private void collectSdkExporter(MetricCollector collector) {
    collector.begin(ExportMetric.SDK_INFLIGHT);
    collector.point(ledger.inflight(), exporter);
    collector.begin(ExportMetric.SDK_EXPORTED);
    collector.point(ledger.exported(), exporter);
    collector.point(ledger.rejected(), exporter.and("error.type", "rejected"));
    for (DropReason reason : DropReason.values()) {
      if (isOfExporter(reason)) {
        collector.point(ledger.dropped(reason), exporter.and("error.type", reason.label()));
      }
    }
  }
}
