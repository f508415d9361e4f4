package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.metrics.HistogramMetrics;
import io.otlpagent.agent.metrics.HistogramPoint;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricCollector;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.agent.metrics.TargetInfo;
import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsWriterTest {

  @Test
  void attributesThatHaveTheSameNameHereAreJoined() {
    MetricsWriter writer = new MetricsWriter(false);
    writer.begin(Metric.of(Metric.Kind.INFO, "target", "", "What is observed."));

    writer.point(1, Labels.of("service_name", "x").and("a", "b").and("service.name", "shop"));

    assertThat(writer.finish().toString())
        .contains("target_info{service_name=\"shop;x\",a=\"b\"} 1");
  }

  @Test
  void textFormat() {
    assertThat(write(false, MetricsWriterTest::everyKind))
        .isEqualTo(
            """
            # TYPE otlp_requests_total counter
            # HELP otlp_requests_total Requests "so far", a\\\\b.
            otlp_requests_total 5
            # TYPE queue_size gauge
            # HELP queue_size Waiting.
            queue_size{kind="a\\"b\\\\c\\nd",other_name="2"} 1.5
            # TYPE wait_seconds histogram
            # HELP wait_seconds Waiting.
            wait_seconds_bucket{le="0.5"} 1
            wait_seconds_bucket{le="1.0"} 3
            wait_seconds_bucket{le="+Inf"} 6
            wait_seconds_sum 9.25
            wait_seconds_count 6
            # TYPE target_info gauge
            # HELP target_info Resource.
            target_info{service_name="shop"} 1
            """);
  }

  @Test
  void openMetricsFormat() {
    assertThat(write(true, MetricsWriterTest::everyKind))
        .isEqualTo(
            """
            # TYPE otlp_requests counter
            # HELP otlp_requests Requests \\"so far\\", a\\\\b.
            otlp_requests_total 5
            # TYPE queue_size gauge
            # HELP queue_size Waiting.
            queue_size{kind="a\\"b\\\\c\\nd",other_name="2"} 1.5
            # TYPE wait_seconds histogram
            # UNIT wait_seconds seconds
            # HELP wait_seconds Waiting.
            wait_seconds_bucket{le="0.5"} 1
            wait_seconds_bucket{le="1.0"} 3
            wait_seconds_bucket{le="+Inf"} 6
            wait_seconds_sum 9.25
            wait_seconds_count 6
            # TYPE target info
            # HELP target Resource.
            target_info{service_name="shop"} 1
            # EOF
            """);
  }

  private static void everyKind(MetricCollector writer) {
    writer.begin(Metric.counter("otlp.requests", "{request}", "Requests \"so far\", a\\b."));
    writer.point(5, Labels.NONE);
    writer.begin(Metric.gauge("queue.size", "{span}", "Waiting."));
    writer.point(1.5, Labels.of("kind", "a\"b\\c\nd").and("absent", null).and("other.name", 2));
    writer.begin(Metric.histogram("wait", "s", "Waiting."));
    writer.histogram(
        new HistogramPoint(new double[] {0.5, 1}, new long[] {1, 2, 3}, 9.25), Labels.NONE);
    writer.begin(Metric.of(Metric.Kind.INFO, "target", "", "Resource."));
    writer.point(1, Labels.of("service.name", "shop"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void strictParserReadsBothFormats(boolean openMetrics) {
    Exposition exposition = parse(openMetrics, MetricsWriterTest::everyKind);

    assertThat(exposition.samples())
        .containsEntry("otlp_requests_total", 5.0)
        .containsEntry("wait_seconds_bucket{le=\"1.0\"}", 3.0)
        .containsEntry("target_info{service_name=\"shop\"}", 1.0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void durationsOfTheConventionsAreWritten(boolean openMetrics) {
    Histogram histogram =
        Histogram.ofDurations(
            "http.server.request.duration",
            "Duration of HTTP server requests.",
            new double[] {0.005, 1, 10},
            AttributeKey.of("http.request.method"),
            AttributeKey.of("http.response.status_code"),
            AttributeKey.of("error.type"));
    histogram.series("GET", 200L, null).record(TimeUnit.MILLISECONDS.toNanos(5));
    histogram.series("GET", 200L, null).record(TimeUnit.MILLISECONDS.toNanos(500));
    histogram.series("GET", 500L, "500").record(TimeUnit.SECONDS.toNanos(11));

    Map<String, Double> samples =
        parse(openMetrics, new HistogramMetrics(List.of(histogram))).samples();

    String ok = "{http_request_method=\"GET\",http_response_status_code=\"200\"";
    String failed =
        "{error_type=\"500\",http_request_method=\"GET\",http_response_status_code=\"500\"";
    String name = "http_server_request_duration_seconds";
    assertThat(samples)
        .containsEntry(name + "_bucket" + ok + ",le=\"0.005\"}", 1.0)
        .containsEntry(name + "_bucket" + ok + ",le=\"1.0\"}", 2.0)
        .containsEntry(name + "_bucket" + ok + ",le=\"10.0\"}", 2.0)
        .containsEntry(name + "_bucket" + ok + ",le=\"+Inf\"}", 2.0)
        .containsEntry(name + "_count" + ok + "}", 2.0)
        .containsEntry(name + "_sum" + ok + "}", 0.505)
        .containsEntry(name + "_bucket" + failed + ",le=\"10.0\"}", 0.0)
        .containsEntry(name + "_count" + failed + "}", 1.0)
        .hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyOpenMetricsShowsTheSpanOfABucket(boolean openMetrics) {
    Histogram histogram =
        Histogram.ofDurations("x.duration", "X.", new double[] {1}, AttributeKey.of("k"));
    Tracer tracer =
        new Tracer(
            Sampler.ALWAYS_ON,
            new IdGenerator(1, 2),
            new TimeSource(),
            new SpanCounters(),
            span -> {});
    Span span = new EmptySpan();
    tracer.startAt(span, null, 0);
    tracer.endAt(span, TimeUnit.MILLISECONDS.toNanos(1500));
    histogram.series("v").record(span);

    Map<String, String> exemplars =
        parse(openMetrics, new HistogramMetrics(List.of(histogram))).exemplars();

    assertThat(exemplars)
        .isEqualTo(
            openMetrics
                ? Map.of(
                    "x_duration_seconds_bucket{k=\"v\",le=\"+Inf\"}",
                    String.format(
                        Locale.ROOT,
                        "%016x%016x %016x 1.5",
                        span.traceIdHigh(),
                        span.traceIdLow(),
                        span.spanId()))
                : Map.of());
  }

  @Test
  void overflowHasItsOwnSeries() {
    Histogram histogram =
        Histogram.ofDurations("x.duration", "X.", new double[] {1}, AttributeKey.of("k"));
    for (int i = 0; i < 2000 + 5; i++) {
      histogram.series("v" + i).record(1);
    }

    Map<String, Double> samples = parse(true, new HistogramMetrics(List.of(histogram))).samples();

    assertThat(samples)
        .containsEntry("x_duration_seconds_count{otel_metric_overflow=\"true\"}", 6.0)
        .containsEntry("x_duration_seconds_count{k=\"v0\"}", 1.0);
  }

  @Test
  void allHistogramsOfTheConventionsHaveLegalNames() {
    DurationHistograms.all().get(0).series("GET", "http", null, 200L, null, "1.1").record(1);

    assertThat(parse(true, new HistogramMetrics(DurationHistograms.all())).types())
        .containsEntry("http_server_request_duration_seconds", "histogram")
        .containsEntry("http_client_request_duration_seconds", "histogram")
        .containsEntry("db_client_operation_duration_seconds", "histogram");
  }

  @Test
  void resourceIsTargetInfo() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("service.name", "shop \"\u00e9\"");
    attributes.put("process.pid", 5L);

    assertThat(parse(true, new TargetInfo(attributes)).samples())
        .containsEntry("target_info{process_pid=\"5\",service_name=\"shop \\\"\u00e9\\\"\"}", 1.0);
  }

  @Test
  void whatAFailingSourceWroteIsTakenBack() {
    MetricsWriter writer = new MetricsWriter(true);
    writer.add(target -> gauge(target, "a", 1));
    writer.add(
        target -> {
          gauge(target, "b", 1);
          throw new IllegalStateException("on purpose");
        });
    writer.add(target -> gauge(target, "b", 2));

    assertThat(Exposition.parse(writer.finish().toString(), true).samples())
        .containsOnly(Map.entry("a", 1.0), Map.entry("b", 2.0));
  }

  @Test
  void secondFamilyOfANameIsLeftOut() {
    MetricsWriter writer = new MetricsWriter(false);
    writer.add(target -> gauge(target, "a", 1));
    writer.add(target -> gauge(target, "a", 2));

    assertThat(Exposition.parse(writer.finish().toString(), false).samples())
        .containsOnly(Map.entry("a", 1.0));
  }

  @Test
  void specialNumbersHaveTheirSpelling() {
    assertThat(
            write(
                false,
                writer -> {
                  writer.begin(Metric.gauge("a", "", "A."));
                  writer.point(Double.NaN, Labels.of("n", 1));
                  writer.point(Double.POSITIVE_INFINITY, Labels.of("n", 2));
                  writer.point(Double.NEGATIVE_INFINITY, Labels.of("n", 3));
                  writer.point(1e-9, Labels.of("n", 4));
                }))
        .contains("{n=\"1\"} NaN\n", "{n=\"2\"} +Inf\n", "{n=\"3\"} -Inf\n", "{n=\"4\"} 1.0E-9\n");
  }

  @ParameterizedTest
  @CsvSource({
    "a.b-c, a_b_c",
    "9lives, _9lives",
    "jvm.memory.used.bytes, jvm_memory_used_bytes",
    "\u00e9, _"
  })
  void namesBecomeLegal(String name, String legal) {
    assertThat(MetricsWriter.name(name)).isEqualTo(legal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|false",
        "*/*|false",
        "text/html,*/*;q=0.8|false",
        "text/plain|false",
        "application/openmetrics-text|true",
        "application/openmetrics-text; version=1.0.0; charset=utf-8|true",
        "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;"
            + "version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.1|true",
        "application/openmetrics-text;q=0.2,text/plain;q=0.9|false",
        "application/openmetrics-text;q=0|false",
        "application/openmetrics-text;q=x|false",
        "APPLICATION/OpenMetrics-Text|true",
        ",;,|false",
      })
  void formatFollowsFromAccept(String accept, boolean openMetrics) {
    assertThat(MetricsRoute.prefersOpenMetrics(accept)).isEqualTo(openMetrics);
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

  private static void gauge(MetricCollector collector, String name, long value) {
    collector.begin(Metric.gauge(name, "", "A gauge."));
    collector.point(value, Labels.NONE);
  }

  private static Exposition parse(boolean openMetrics, MetricSource source) {
    return Exposition.parse(write(openMetrics, source), openMetrics);
  }

  private static String write(boolean openMetrics, MetricSource source) {
    MetricsWriter writer = new MetricsWriter(openMetrics);
    source.collect(writer);
    return writer.finish().toString();
  }
}
