package io.otlpagent.agent.export.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.export.Pipeline;
import io.otlpagent.agent.export.Requests;
import io.otlpagent.agent.export.ScriptedSender;
import io.otlpagent.agent.export.delivery.CollectorStatus;
import io.otlpagent.agent.export.delivery.ExportStatistics;
import io.otlpagent.agent.export.otlp.MetricRequestEncoder;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.MetricCollector;
import io.otlpagent.agent.metrics.MetricSnapshot;
import io.otlpagent.agent.metrics.Temporality;
import io.otlpagent.agent.resource.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class MetricExporterTest {

  private static final CollectorStatus SPANS_ARRIVE =
      new CollectorStatus(CollectorStatus.State.OK, "", System.currentTimeMillis());

  private final AtomicLong count = new AtomicLong();
  private final Requested sender = new Requested();

  @Test
  void cumulativeCounterGoesOnFromTheStart() {
    MetricExporter exporter = exporter(Temporality.Preference.CUMULATIVE);
    count.set(3);
    export(exporter);
    count.set(5);
    export(exporter);

    assertThat(sender.counted()).containsExactly(3L, 5L);
    assertThat(sender.points())
        .extracting(NumberDataPoint::getStartTimeUnixNano)
        .doesNotContain(0L)
        .containsOnly(sender.points().get(0).getStartTimeUnixNano());
  }

  @Test
  void deltaOfFailedExportIsInTheNext() {
    MetricExporter exporter = exporter(Temporality.Preference.DELTA);
    count.set(3);
    export(exporter);
    count.set(5);
    sender.next(() -> ExportResult.retryable("unavailable", "come again", 0));
    export(exporter);
    sender.next(() -> ExportResult.permanent("internal", "on purpose"));
    export(exporter);
    count.set(9);
    export(exporter);

    assertThat(sender.counted()).containsExactly(3L, 6L);
    assertThat(sender.points().get(1).getStartTimeUnixNano())
        .isEqualTo(sender.points().get(0).getTimeUnixNano());
  }

  @Test
  void deltaThatMayHaveArrivedIsNotToldTwice() {
    MetricExporter exporter = exporter(Temporality.Preference.DELTA);
    count.set(3);
    sender.next(() -> ExportResult.unanswered("timeout", "no answer in time"));
    export(exporter);
    count.set(5);
    export(exporter);

    assertThat(sender.counted()).containsExactly(2L);
  }

  @Test
  void theCollectorsDelayIsKept() {
    MetricExporter exporter = exporter(Temporality.Preference.CUMULATIVE, 1000);
    sender.next(() -> ExportResult.retryable("429", "slow down", TimeUnit.SECONDS.toNanos(100)));

    export(exporter);

    assertThat(exporter.waitNanos()).isGreaterThan(TimeUnit.SECONDS.toNanos(30));
  }

  @Test
  void collectorThatWantsNoSpansMayWantMetrics() {
    MetricExporter exporter = exporter(Temporality.Preference.CUMULATIVE);
    ExportStatistics spans = new ExportStatistics();
    spans.recordAttempt(ExportResult.permanent("404", "HTTP 404"), 1);

    exporter.export(deadline(), spans.collector());

    assertThat(sender.attempts).isEqualTo(1);
  }

  @Test
  void whatTheCollectorRejectsIsCountedAndNotToldAgain() {
    MetricExporter exporter = exporter(Temporality.Preference.DELTA);
    count.set(3);
    sender.next(() -> ExportResult.partial(1, "too many"));
    export(exporter);
    count.set(4);
    export(exporter);

    assertThat(sender.counted()).containsExactly(3L, 1L);
    assertThat(exported(exporter)).containsEntry("{rejected}", 1L);
  }

  @Test
  void resultsAreCountedByDataPoint() {
    MetricExporter exporter = exporter(Temporality.Preference.CUMULATIVE);
    export(exporter);
    sender.next(() -> ExportResult.retryable("unavailable", "come again", 0));
    export(exporter);

    // The counter; what the exporter says of itself: two points, and then one for each outcome.
    assertThat(exported(exporter)).containsEntry("{}", 3L).containsEntry("{unavailable}", 3L);
  }

  @Test
  void nothingIsSentWhileSpansGetNowhere() {
    MetricExporter exporter = exporter(Temporality.Preference.CUMULATIVE);
    long now = System.currentTimeMillis();

    exporter.export(deadline(), new CollectorStatus(CollectorStatus.State.FAILED, "down", now));

    assertThat(sender.attempts).isZero();
    assertThat(exporter.used()).isFalse();
    assertThat(exporter.waitNanos()).isPositive();
  }

  @Test
  void failureOfSpansLongAgoIsNoReasonToBeSilent() {
    MetricExporter exporter = exporter(Temporality.Preference.CUMULATIVE);
    long old = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(2);

    exporter.export(deadline(), new CollectorStatus(CollectorStatus.State.FAILED, "down", old));

    assertThat(sender.attempts).isEqualTo(1);
  }

  @Test
  void collectorWithoutPipelineIsAskedLessOften() {
    MetricExporter exporter = exporter(Temporality.Preference.CUMULATIVE);
    sender.always(() -> ExportResult.permanent("unimplemented", "no such service"));
    export(exporter);
    long first = exporter.waitNanos();
    for (int i = 0; i < 10; i++) {
      export(exporter);
    }

    assertThat(first).isGreaterThan(TimeUnit.MINUTES.toNanos(61));
    assertThat(exporter.waitNanos())
        .isBetween(TimeUnit.HOURS.toNanos(15), TimeUnit.HOURS.toNanos(16));
    sender.always(ExportResult::success);
    export(exporter);
    assertThat(exporter.waitNanos()).isLessThanOrEqualTo(TimeUnit.HOURS.toNanos(1));
  }

  @Test
  void exportTakesTenSecondsAtMost() {
    assertThat(exporter(Temporality.Preference.CUMULATIVE).timeoutNanos())
        .isEqualTo(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void exporterThreadSendsMetricsInIntervalsAndAtTheEnd() throws InterruptedException {
    MetricExporter exporter =
        exporter(Temporality.Preference.CUMULATIVE, TimeUnit.MILLISECONDS.toNanos(20));
    try (Pipeline pipeline =
        new Pipeline(
            new Pipeline.Options(64, Pipeline.settings(4), new ScriptedSender())
                .metrics(exporter))) {
      pipeline.start();
      await().until(() -> sender.counted().size() >= 3);
      count.set(77);
      pipeline.shutdown(60_000);
    }

    assertThat(sender.counted()).last().isEqualTo(77L);
    assertThat(sender.closed).isTrue();
  }

  @Test
  void metricsLeaveAfterTheLastSpans() throws InterruptedException {
    List<String> order = new CopyOnWriteArrayList<>();
    ScriptedSender spans =
        new ScriptedSender()
            .always(
                () -> {
                  order.add("spans");
                  return ExportResult.success();
                });
    sender.always(
        () -> {
          order.add("metrics");
          return ExportResult.success();
        });
    MetricExporter exporter = exporter(Temporality.Preference.CUMULATIVE);
    try (Pipeline pipeline =
        new Pipeline(new Pipeline.Options(64, Pipeline.settings(4), spans).metrics(exporter))) {
      pipeline.start();
      await().until(pipeline.exporter::running);
      pipeline.record(3);
      pipeline.shutdown(60_000);
    }

    assertThat(order).containsExactly("spans", "metrics");
  }

  @Test
  void collectorThatHangsOnMetricsYieldsToSpans() throws InterruptedException {
    sender.hang = true;
    MetricExporter exporter =
        exporter(Temporality.Preference.CUMULATIVE, TimeUnit.MILLISECONDS.toNanos(20));
    ScriptedSender spans = new ScriptedSender();
    try (Pipeline pipeline =
        new Pipeline(new Pipeline.Options(64, Pipeline.settings(4), spans).metrics(exporter))) {
      pipeline.start();
      await().until(() -> sender.attempts > 0);
      pipeline.record(4);
      await().until(() -> spans.accepted().size() == 4);
    }

    assertThat(sender.longestNanos).isLessThan(TimeUnit.SECONDS.toNanos(8));
  }

  private MetricExporter exporter(Temporality.Preference temporality) {
    return exporter(temporality, TimeUnit.HOURS.toNanos(1));
  }

  private MetricExporter exporter(Temporality.Preference temporality, long intervalNanos) {
    return new MetricExporter(
        new MetricExporterSettings(
            intervalNanos,
            TimeUnit.SECONDS.toNanos(30),
            temporality,
            AgentConfigLoader.load(null, new Properties(), Map.of()).metrics(),
            false),
        List.of(this::collect),
        new MetricRequestEncoder(Resource.EMPTY, "1.2.3"),
        sender,
        null);
  }

  private void collect(MetricCollector collector) {
    collector.begin(io.otlpagent.agent.metrics.Metric.counter("count", "", "C."));
    collector.point(count.get(), Labels.NONE);
  }

  private static void export(MetricExporter exporter) {
    exporter.export(deadline(), SPANS_ARRIVE);
  }

  private static AttemptDeadline deadline() {
    return Requests.deadline(10_000);
  }

  /** Data points by error type. */
  private static Map<String, Long> exported(MetricExporter exporter) {
    Map<String, Long> exported = new java.util.HashMap<>();
    MetricSnapshot.of(List.of(exporter.source()), 0).families().stream()
        .filter(family -> family.metric().name().endsWith(".exported"))
        .flatMap(family -> family.points().stream())
        .forEach(
            point -> {
              Labels labels = point.labels();
              String last = labels.key(labels.size() - 1).name();
              Object error = last.equals("error.type") ? labels.value(labels.size() - 1) : "";
              exported.put("{" + error + "}", point.whole());
            });
    return exported;
  }

  /** Keeps the requests that it answers with success. */
  private static final class Requested implements OtlpSender {

    private final Queue<Supplier<ExportResult>> script = new ConcurrentLinkedQueue<>();
    private final List<NumberDataPoint> points = new CopyOnWriteArrayList<>();
    private volatile Supplier<ExportResult> always = ExportResult::success;
    private volatile boolean hang;
    private volatile int attempts;
    private volatile long longestNanos;
    private volatile boolean closed;

    void next(Supplier<ExportResult> result) {
      script.add(result);
    }

    void always(Supplier<ExportResult> result) {
      always = result;
    }

    List<Long> counted() {
      List<Long> counted = new ArrayList<>();
      points.forEach(point -> counted.add(point.getAsInt()));
      return counted;
    }

    List<NumberDataPoint> points() {
      return points;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread sends.
    public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
      attempts++;
      if (hang) {
        long start = System.nanoTime();
        long left;
        while ((left = deadline.remainingNanos()) > 0) {
          ExporterAlarm.sleep(this, deadline.sleepNanos(left));
        }
        longestNanos = Math.max(longestNanos, System.nanoTime() - start);
        return ExportResult.retryable("timeout", "no answer in time", 0);
      }
      Supplier<ExportResult> scripted = script.poll();
      ExportResult result = (scripted == null ? always : scripted).get();
      if (result.isSuccess()) {
        keep(Arrays.copyOf(request.array(), request.length()));
      }
      return result;
    }

    private void keep(byte[] request) {
      try {
        for (Metric metric :
            ExportMetricsServiceRequest.parseFrom(request)
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsList()) {
          if (metric.getName().equals("count")) {
            points.addAll(metric.getSum().getDataPointsList());
          }
        }
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
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
    public void close() {
      closed = true;
    }
  }
}
