package io.otlpagent.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.otlpagent.agent.export.delivery.ExportStatistics;
import io.otlpagent.agent.export.otlp.MetricRequestEncoder;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.metrics.HistogramMetrics;
import io.otlpagent.agent.metrics.MetricFamily;
import io.otlpagent.agent.metrics.MetricSnapshot;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.agent.metrics.Temporality;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.metrics.HistogramSettings;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Exponential histograms from the record to the request, beside those of the OpenTelemetry SDK. */
class ExponentialExportTest {

  private static final long START = 1_700_000_000_000_000_000L;

  private Histogram histogram;
  private Temporality temporality;
  private double total;

  @BeforeEach
  void wantExponential() {
    HistogramSettings.install(
        new HistogramSettings(
            3,
            HistogramSettings.ExemplarFilter.TRACE_BASED,
            HistogramSettings.Aggregation.BASE2_EXPONENTIAL_BUCKET_HISTOGRAM));
    histogram = Histogram.ofDurations("d", "D.", new double[] {0.1, 1}, AttributeKey.of("k"));
    temporality = new Temporality(Temporality.Preference.CUMULATIVE);
  }

  @AfterEach
  void reset() {
    HistogramSettings.install(HistogramSettings.DEFAULT);
  }

  @RepeatedTest(60)
  void cumulativePointsAreThoseOfTheSdk(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    try (SdkMeter sdk =
        new SdkMeter(io.opentelemetry.sdk.metrics.data.AggregationTemporality.CUMULATIVE)) {
      double spread = random.nextDouble() * random.nextInt(12);
      for (int round = 0; round < 4; round++) {
        recordInBoth(sdk, random, spread, 1 + random.nextInt(300));

        assertSame(deliver(), sdk.collect());
      }
    }
  }

  @RepeatedTest(60)
  void deltaPointsAreThoseOfTheSdk(RepetitionInfo repetition) throws Exception {
    Random random = new Random(1000 + repetition.getCurrentRepetition());
    temporality = new Temporality(Temporality.Preference.DELTA);
    try (SdkMeter sdk =
        new SdkMeter(io.opentelemetry.sdk.metrics.data.AggregationTemporality.DELTA)) {
      for (int round = 0; round < 6; round++) {
        double spread = random.nextDouble() * random.nextInt(12);
        recordInBoth(sdk, random, spread, 1 + random.nextInt(300));
        if (random.nextBoolean()) {
          // Not delivered: the next one has these values, too.
          export();
          recordInBoth(sdk, random, spread, 1 + random.nextInt(30));
        }

        assertSame(deliver(), sdk.collect());
      }
    }
  }

  @Test
  void seriesToWhichNothingHappenedIsNotReportedAsADifference() throws Exception {
    temporality = new Temporality(Temporality.Preference.DELTA);
    histogram.series("a").record(1);
    deliver();
    histogram.series("b").record(3);

    ExponentialHistogramDataPoint point = deliver();

    assertThat(point.getAttributes(0).getValue().getStringValue()).isEqualTo("b");
    assertThat(point.getCount()).isEqualTo(1);
    assertThat(point.getMin()).isEqualTo(3e-9);
    assertThat(temporality.parts(snapshot(), 100)).isEmpty();
  }

  @Test
  void endpointLeavesExponentialBucketsToTheExporter() throws Exception {
    temporality = new Temporality(Temporality.Preference.DELTA);
    histogram.series("a").record(TimeUnit.MILLISECONDS.toNanos(500));
    Exposed exposed = new Exposed();
    new HistogramMetrics(List.of(histogram)).collect(exposed);

    assertThat(exposed.points).hasSize(1);
    assertThat(exposed.points.get(0).exponential()).isNull();
    assertThat(exposed.points.get(0).count(1)).isEqualTo(1);
    assertThat(deliver().getCount()).isEqualTo(1);
  }

  @Test
  void seriesBeyondTheLimitShareOne() throws Exception {
    for (int i = 0; i < 6; i++) {
      histogram.series("v" + i).record(1L << i);
    }

    List<ExponentialHistogramDataPoint> points =
        encode(temporality.parts(snapshot(), 100).get(0))
            .getExponentialHistogram()
            .getDataPointsList();

    assertThat(points).hasSize(3);
    assertThat(points.get(2).getAttributes(0).getKey()).isEqualTo("otel.metric.overflow");
    assertThat(points.get(2).getCount()).isEqualTo(4);
    assertThat(points.get(2).getMax()).isEqualTo(32e-9);
  }

  @Test
  void exemplarsAreThoseOfTheExplicitBuckets() throws Exception {
    Tracer tracer =
        new Tracer(
            Sampler.ALWAYS_ON,
            new IdGenerator(1, 2),
            new TimeSource(),
            new SpanCounters(),
            span -> {});
    Span span = new TestSpan("x");
    tracer.startRemote(span, null, null);
    tracer.endAt(span, System.nanoTime() + TimeUnit.SECONDS.toNanos(2));
    histogram.series("v").record(span);

    ExponentialHistogramDataPoint point = export();

    assertThat(point.getExemplarsCount()).isEqualTo(1);
    assertThat(point.getExemplars(0).getAsDouble()).isEqualTo(span.durationNanos() / 1e9);
    assertThat(point.getExemplars(0).getSpanId().asReadOnlyByteBuffer().getLong())
        .isEqualTo(span.spanId());
  }

  @Test
  void explicitHistogramsHaveNoExponentialBuckets() {
    HistogramSettings.install(HistogramSettings.DEFAULT);
    Histogram explicit = Histogram.ofSizes("s", "S.", new double[] {1}, AttributeKey.of("k"));

    assertThat(explicit.series("v").exponential()).isNull();
  }

  @Test
  void histogramsOfTheExporterAreExponentialToo() throws Exception {
    ExportStatistics statistics = new ExportStatistics();
    statistics.recordBatch(512);
    statistics.recordAttempt(ExportResult.success(), TimeUnit.MILLISECONDS.toNanos(3));

    List<MetricFamily> families =
        temporality.parts(snapshot(new HistogramMetrics(statistics.histograms())), 100).get(0);

    List<Metric> metrics = encodeAll(families);
    assertThat(metrics)
        .extracting(Metric::getName)
        .containsExactly("otlp.request.duration", "otlp.batch.size");
    assertThat(metrics.get(0).getExponentialHistogram().getDataPoints(0).getMax()).isEqualTo(0.003);
    ExponentialHistogramDataPoint size = metrics.get(1).getExponentialHistogram().getDataPoints(0);
    assertThat(size.getSum()).isEqualTo(512);
    assertThat(size.getPositive().getOffset()).isEqualTo((9 << 20) - 1);
    assertThat(size.getAttributesCount()).isZero();
  }

  private void recordInBoth(SdkMeter sdk, Random random, double spread, int values) {
    for (int i = 0; i < values; i++) {
      long nanos =
          random.nextInt(25) == 0
              ? edge(random)
              : (long) Math.min(1e15, 1e6 * Math.exp(random.nextGaussian() * spread));
      histogram.series("v").record(nanos);
      sdk.record(Math.max(0, nanos) / 1e9);
      total += Math.max(0, nanos) / 1e9;
    }
  }

  private static long edge(Random random) {
    long[] edges = {0, 1, -5, 1_000_000_000, 500_000_000, 2_000_000_001, 1_000_000};
    return edges[random.nextInt(edges.length)];
  }

  /** The only point of an export that arrives. */
  private ExponentialHistogramDataPoint deliver() throws Exception {
    MetricSnapshot snapshot = snapshot();
    List<MetricFamily> part = temporality.parts(snapshot, 100).get(0);
    ExponentialHistogramDataPoint point = point(part);
    temporality.delivered(part);
    temporality.complete(snapshot);
    return point;
  }

  /** The only point of an export that does not arrive. */
  private ExponentialHistogramDataPoint export() throws Exception {
    return point(temporality.parts(snapshot(), 100).get(0));
  }

  private static ExponentialHistogramDataPoint point(List<MetricFamily> part) throws Exception {
    Metric metric = encode(part);
    assertThat(metric.getExponentialHistogram().getAggregationTemporality())
        .isEqualTo(
            part.get(0).delta()
                ? AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
                : AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    assertThat(metric.getExponentialHistogram().getDataPointsCount()).isEqualTo(1);
    return metric.getExponentialHistogram().getDataPoints(0);
  }

  private MetricSnapshot snapshot() {
    return snapshot(new HistogramMetrics(List.of(histogram)));
  }

  private static MetricSnapshot snapshot(MetricSource source) {
    return MetricSnapshot.of(List.of(source), START);
  }

  private static Metric encode(List<MetricFamily> part) throws Exception {
    List<Metric> metrics = encodeAll(part);
    assertThat(metrics).hasSize(1);
    return metrics.get(0);
  }

  private static List<Metric> encodeAll(List<MetricFamily> part) throws Exception {
    MetricRequestEncoder encoder = new MetricRequestEncoder(Resource.EMPTY, "1.2.3");
    encoder.encode(part, 0);
    return ExportMetricsServiceRequest.parseFrom(Arrays.copyOf(encoder.array(), encoder.length()))
        .getResourceMetrics(0)
        .getScopeMetrics(0)
        .getMetricsList();
  }

  private void assertSame(ExponentialHistogramDataPoint ours, ExponentialHistogramPointData sdk) {
    assertThat(ours.getScale()).isEqualTo(sdk.getScale());
    assertThat(ours.getCount()).isEqualTo(sdk.getCount());
    assertThat(ours.getZeroCount()).isEqualTo(sdk.getZeroCount());
    assertThat(ours.getZeroThreshold()).isZero();
    assertThat(ours.getPositive().getBucketCountsList())
        .isEqualTo(sdk.getPositiveBuckets().getBucketCounts());
    if (ours.getPositive().getBucketCountsCount() > 0) {
      assertThat(ours.getPositive().getOffset()).isEqualTo(sdk.getPositiveBuckets().getOffset());
    }
    assertThat(ours.hasNegative()).isFalse();
    // A difference of totals has their rounding errors, and the SDK's sum those of its steps.
    assertThat(ours.getSum()).isCloseTo(sdk.getSum(), within(1e-12 * total));
    assertThat(ours.getMin()).isEqualTo(sdk.getMin());
    assertThat(ours.getMax()).isEqualTo(sdk.getMax());
  }

  /** What a scrape takes. */
  private static final class Exposed implements io.otlpagent.agent.metrics.MetricCollector {

    private final List<io.otlpagent.agent.metrics.HistogramPoint> points = new ArrayList<>();

    @Override
    public void begin(io.otlpagent.agent.metrics.Metric metric) {}

    @Override
    public void point(long value, io.otlpagent.agent.metrics.Labels labels) {}

    @Override
    public void point(double value, io.otlpagent.agent.metrics.Labels labels) {}

    @Override
    public boolean takesExponential() {
      return false;
    }

    @Override
    public void histogram(
        io.otlpagent.agent.metrics.HistogramPoint point, io.otlpagent.agent.metrics.Labels labels) {
      points.add(point);
    }
  }
}
