package io.otlpagent.agent.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric.DataCase;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.otlpagent.agent.export.TestSpan;
import io.otlpagent.agent.metrics.HistogramMetrics;
import io.otlpagent.agent.metrics.HistogramPoint;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricFamily;
import io.otlpagent.agent.metrics.MetricPoint;
import io.otlpagent.agent.metrics.MetricSnapshot;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MetricRequestEncoderTest {

  private static final long START = 1_700_000_000_000_000_000L;

  @Test
  void resourceScopeAndSchemaAreThere() throws Exception {
    ExportMetricsServiceRequest request =
        encode(
            Resource.of(Map.of("service.name", "shop")),
            snapshot(collector -> collector.begin(Metric.gauge("g", "1", "G."))));

    assertThat(request.getResourceMetricsCount()).isEqualTo(1);
    assertThat(request.getResourceMetrics(0).getResource().getAttributesList())
        .containsExactly(
            KeyValue.newBuilder()
                .setKey("service.name")
                .setValue(AnyValue.newBuilder().setStringValue("shop"))
                .build());
    assertThat(request.getResourceMetrics(0).getSchemaUrl())
        .isEqualTo("https://opentelemetry.io/schemas/1.44.0");
    ScopeMetrics scope = request.getResourceMetrics(0).getScopeMetrics(0);
    assertThat(scope.getScope().getName()).isEqualTo("io.otlpagent.agent");
    assertThat(scope.getScope().getVersion()).isEqualTo("1.2.3");
    assertThat(scope.getSchemaUrl()).isEqualTo("https://opentelemetry.io/schemas/1.44.0");
  }

  @Test
  void kindsBecomeSumsGaugesAndHistograms() throws Exception {
    List<io.opentelemetry.proto.metrics.v1.Metric> metrics =
        metrics(
            collector -> {
              collector.begin(Metric.counter("c", "{span}", "C."));
              collector.point(7, Labels.of("n", 3).and("b", true).and("t", "x"));
              collector.begin(Metric.upDownCounter("u", "By", "U."));
              collector.point(-2, Labels.NONE);
              collector.begin(Metric.gauge("g", "1", "G."));
              collector.point(0.25, Labels.NONE);
              collector.begin(Metric.of(Metric.Kind.INFO, "target", "", "Not sent."));
              collector.point(1, Labels.NONE);
              collector.begin(Metric.counter("twin", "", "Not sent.").scrapedOnly());
              collector.point(1, Labels.NONE);
              collector.begin(Metric.counter("later", "s", "L.").since(START + 5));
              collector.point(1.5, Labels.NONE);
            });

    assertThat(metrics)
        .extracting(io.opentelemetry.proto.metrics.v1.Metric::getName)
        .containsExactly("c", "u", "g", "later");
    assertThat(metrics.get(0).getUnit()).isEqualTo("{span}");
    assertThat(metrics.get(0).getDescription()).isEqualTo("C.");
    assertThat(metrics.get(0).getSum().getIsMonotonic()).isTrue();
    assertThat(metrics.get(0).getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    NumberDataPoint point = metrics.get(0).getSum().getDataPoints(0);
    assertThat(point.getAsInt()).isEqualTo(7);
    assertThat(point.getStartTimeUnixNano()).isEqualTo(START);
    assertThat(point.getTimeUnixNano()).isGreaterThan(START);
    assertThat(point.getAttributesList())
        .extracting(KeyValue::getValue)
        .containsExactly(
            AnyValue.newBuilder().setIntValue(3).build(),
            AnyValue.newBuilder().setBoolValue(true).build(),
            AnyValue.newBuilder().setStringValue("x").build());
    assertThat(metrics.get(1).getSum().getIsMonotonic()).isFalse();
    assertThat(metrics.get(1).getSum().getDataPoints(0).getAsInt()).isEqualTo(-2);
    assertThat(metrics.get(2).getDataCase()).isEqualTo(DataCase.GAUGE);
    assertThat(metrics.get(2).getGauge().getDataPoints(0).getAsDouble()).isEqualTo(0.25);
    assertThat(metrics.get(2).getGauge().getDataPoints(0).getStartTimeUnixNano()).isZero();
    assertThat(metrics.get(3).getSum().getDataPoints(0).getStartTimeUnixNano())
        .isEqualTo(START + 5);
  }

  @Test
  void exemplarsNameTheSpanAndAreToldOnce() throws Exception {
    Histogram histogram = Histogram.ofDurations("d", "D.", new double[] {1}, AttributeKey.of("k"));
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
    MetricSnapshot snapshot = snapshot(new HistogramMetrics(List.of(histogram)));

    HistogramDataPoint news = histogramPoint(encode(Resource.EMPTY, snapshot, 0));
    HistogramDataPoint old = histogramPoint(encode(Resource.EMPTY, snapshot, span.endEpochNanos()));

    assertThat(news.getBucketCountsList()).containsExactly(0L, 1L);
    assertThat(news.getExemplarsCount()).isEqualTo(1);
    ByteBuffer trace = news.getExemplars(0).getTraceId().asReadOnlyByteBuffer();
    assertThat(trace.getLong()).isEqualTo(span.traceIdHigh());
    assertThat(trace.getLong()).isEqualTo(span.traceIdLow());
    assertThat(news.getExemplars(0).getSpanId().asReadOnlyByteBuffer().getLong())
        .isEqualTo(span.spanId());
    assertThat(news.getExemplars(0).getAsDouble()).isEqualTo(span.durationNanos() / 1e9);
    assertThat(news.getExemplars(0).getTimeUnixNano()).isEqualTo(span.endEpochNanos());
    assertThat(old.getExemplarsCount()).isZero();
  }

  @RepeatedTest(50)
  void whateverIsMeasuredIsReadAgain(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    MetricSnapshot snapshot = snapshot(collector -> fill(random, collector));

    List<io.opentelemetry.proto.metrics.v1.Metric> read =
        encode(Resource.EMPTY, snapshot).getResourceMetrics(0).getScopeMetrics(0).getMetricsList();

    assertThat(read).hasSameSizeAs(snapshot.families());
    for (int i = 0; i < read.size(); i++) {
      assertSame(read.get(i), snapshot.families().get(i));
    }
  }

  private static void fill(Random random, io.otlpagent.agent.metrics.MetricCollector collector) {
    Metric.Kind[] kinds = {
      Metric.Kind.COUNTER, Metric.Kind.UP_DOWN_COUNTER, Metric.Kind.GAUGE, Metric.Kind.HISTOGRAM
    };
    for (int i = random.nextInt(8); i >= 0; i--) {
      Metric.Kind kind = kinds[random.nextInt(kinds.length)];
      collector.begin(Metric.of(kind, text(random), text(random), text(random)));
      for (int j = random.nextInt(20); j > 0; j--) {
        Labels labels = Labels.NONE;
        for (int k = random.nextInt(5); k > 0; k--) {
          labels = labels.and("k" + k, random.nextBoolean() ? random.nextLong() : text(random));
        }
        if (kind == Metric.Kind.HISTOGRAM) {
          double[] bounds = IntStream.range(0, random.nextInt(30)).mapToDouble(n -> n).toArray();
          long[] counts = random.longs(bounds.length + 1, 0, 1L << 40).toArray();
          collector.histogram(new HistogramPoint(bounds, counts, random.nextDouble()), labels);
        } else if (random.nextBoolean()) {
          collector.point(random.nextLong(), labels);
        } else {
          collector.point(random.nextGaussian(), labels);
        }
      }
    }
  }

  private static String text(Random random) {
    return "x" + "\u00e9\u20ac\ud83d\ude00".repeat(random.nextInt(60));
  }

  private static void assertSame(
      io.opentelemetry.proto.metrics.v1.Metric read, MetricFamily written) {
    assertThat(read.getName()).isEqualTo(written.metric().name());
    assertThat(read.getUnit()).isEqualTo(written.metric().unit());
    assertThat(read.getDescription()).isEqualTo(written.metric().description());
    if (written.metric().kind() == Metric.Kind.HISTOGRAM) {
      assertThat(read.getHistogram().getDataPointsCount()).isEqualTo(written.points().size());
      for (int i = 0; i < written.points().size(); i++) {
        HistogramDataPoint point = read.getHistogram().getDataPoints(i);
        HistogramPoint expected = written.points().get(i).histogram();
        assertThat(point.getCount()).isEqualTo(expected.count());
        assertThat(point.getSum()).isEqualTo(expected.sum());
        assertThat(point.getBucketCountsCount()).isEqualTo(point.getExplicitBoundsCount() + 1);
        for (int bucket = 0; bucket < expected.buckets(); bucket++) {
          assertThat(point.getBucketCounts(bucket)).isEqualTo(expected.count(bucket));
        }
        assertSame(point.getAttributesList(), written.points().get(i).labels());
      }
      return;
    }
    List<NumberDataPoint> points =
        read.hasGauge() ? read.getGauge().getDataPointsList() : read.getSum().getDataPointsList();
    assertThat(points).hasSameSizeAs(written.points());
    for (int i = 0; i < points.size(); i++) {
      MetricPoint expected = written.points().get(i);
      if (expected.isDecimal()) {
        assertThat(points.get(i).getAsDouble()).isEqualTo(expected.decimal());
      } else {
        assertThat(points.get(i).getAsInt()).isEqualTo(expected.whole());
      }
      assertSame(points.get(i).getAttributesList(), expected.labels());
    }
  }

  private static void assertSame(List<KeyValue> read, Labels written) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      expected.add(written.key(i).name() + "=" + written.value(i));
    }
    assertThat(read)
        .extracting(
            pair ->
                pair.getKey()
                    + "="
                    + (pair.getValue().hasIntValue()
                        ? pair.getValue().getIntValue()
                        : pair.getValue().getStringValue()))
        .isEqualTo(expected);
  }

  private static HistogramDataPoint histogramPoint(ExportMetricsServiceRequest request) {
    return request
        .getResourceMetrics(0)
        .getScopeMetrics(0)
        .getMetrics(0)
        .getHistogram()
        .getDataPoints(0);
  }

  private static List<io.opentelemetry.proto.metrics.v1.Metric> metrics(MetricSource source)
      throws InvalidProtocolBufferException {
    return encode(Resource.EMPTY, snapshot(source))
        .getResourceMetrics(0)
        .getScopeMetrics(0)
        .getMetricsList();
  }

  private static MetricSnapshot snapshot(MetricSource source) {
    return MetricSnapshot.of(List.of(source), START);
  }

  private static ExportMetricsServiceRequest encode(Resource resource, MetricSnapshot snapshot)
      throws InvalidProtocolBufferException {
    return encode(resource, snapshot, 0);
  }

  private static ExportMetricsServiceRequest encode(
      Resource resource, MetricSnapshot snapshot, long exemplarsAfter)
      throws InvalidProtocolBufferException {
    MetricRequestEncoder encoder = new MetricRequestEncoder(resource, "1.2.3");
    encoder.encode(snapshot.families(), exemplarsAfter);
    return ExportMetricsServiceRequest.parseFrom(Arrays.copyOf(encoder.array(), encoder.length()));
  }
}
