package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.metrics.ExperimentalHttpMetrics;
import io.otlpagent.agent.metrics.HistogramMetrics;
import io.otlpagent.agent.metrics.HistogramPoint;
import io.otlpagent.agent.metrics.JvmMetrics;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricFamily;
import io.otlpagent.agent.metrics.MetricPoint;
import io.otlpagent.agent.metrics.MetricSnapshot;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is scraped and what is sent is the same, each under its names. */
class SameFiguresTest {

  @Test
  void scrapeAndSnapshotAgree() {
    Histogram histogram =
        Histogram.ofDurations(
            "http.server.request.duration",
            "D.",
            new double[] {0.005, 1},
            AttributeKey.of("http.route"),
            AttributeKey.of("error.type"));
    for (int i = 0; i < 100; i++) {
      histogram.series("/r" + i % 3, i % 7 == 0 ? "500" : null).record(i * 20_000_000L);
    }
    MetricSource others =
        collector -> {
          collector.begin(Metric.counter("otlp.errors", "{request}", "E."));
          collector.point(3, Labels.of("reason", "timeout"));
          collector.begin(Metric.counter("jvm.cpu.time", "s", "T."));
          collector.point(1.25, Labels.NONE);
          collector.begin(Metric.upDownCounter("jvm.memory.used", "By", "U."));
          collector.point(12, Labels.of("jvm.memory.type", "heap"));
          collector.begin(Metric.gauge("jvm.cpu.recent_utilization", "1", "R."));
          collector.point(0.5, Labels.NONE);
        };
    List<MetricSource> sources = List.of(new HistogramMetrics(List.of(histogram)), others);

    assertThat(sent(sources)).isEqualTo(scraped(sources)).hasSizeGreaterThan(20);
  }

  @Test
  void experimentalMetricsAreInBothOnceTheyAreMeasured() {
    List<MetricSource> sources = List.of(new ExperimentalHttpMetrics());
    ExperimentalMetrics.SERVER_RESPONSE_BODY
        .series("GET", "http", "/a", 200L, null, "1.1")
        .record(99_999);
    ExperimentalMetrics.SERVER_ACTIVE.series("GET", "http").add(2);

    Map<String, Double> scraped = scraped(sources);
    ExperimentalMetrics.SERVER_ACTIVE.series("GET", "http").add(-2);

    assertThat(scraped)
        .containsEntry(
            "http_server_active_requests{http_request_method=\"GET\",url_scheme=\"http\"}", 2.0);
    assertThat(ofFamily(scraped, "http_server_response_body_size_bytes_sum"))
        .containsExactly(99_999.0);
    assertThat(ofFamily(scraped, "http_server_response_body_size_bytes_count"))
        .containsExactly(1.0);
    assertThat(scraped.keySet()).noneMatch(name -> name.startsWith("http_client_request_body"));
    assertThat(sent(sources)).isEqualTo(scraped(sources));
  }

  @Test
  void everySeriesOfTheJvmIsInBoth() {
    List<MetricSource> sources = List.of(new JvmMetrics());
    scraped(sources);

    assertThat(sent(sources)).containsKey("jvm_class_loaded_total");
    assertThat(sent(sources).keySet())
        .filteredOn(name -> !name.startsWith("jvm_thread_count"))
        .isEqualTo(
            scraped(sources).keySet().stream()
                .filter(name -> !name.startsWith("jvm_thread_count"))
                .toList());
  }

  private static List<Double> ofFamily(Map<String, Double> samples, String name) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Map<String, Double> scraped(List<MetricSource> sources) {
    MetricsWriter writer = new MetricsWriter(true);
    sources.forEach(writer::add);
    return new TreeMap<>(Exposition.parse(writer.finish().toString(), true).samples());
  }

  private static Map<String, Double> sent(List<MetricSource> sources) {
    Map<String, Double> sent = new TreeMap<>();
    long start = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    for (MetricFamily family : MetricSnapshot.of(sources, start).families()) {
      for (MetricPoint point : family.points()) {
        put(sent, family.metric(), point);
      }
    }
    return sent;
  }

  private static void put(Map<String, Double> sent, Metric metric, MetricPoint point) {
    String name =
        metric.name().replace('.', '_')
            + Map.of("s", "_seconds", "By", "_bytes", "1", "_ratio")
                .getOrDefault(metric.unit(), "");
    if (!point.isHistogram()) {
      double value = point.isDecimal() ? point.decimal() : point.whole();
      String total = metric.kind() == Metric.Kind.COUNTER ? "_total" : "";
      sent.put(name + total + labels(point.labels(), Map.of()), value);
      return;
    }
    HistogramPoint histogram = point.histogram();
    double below = 0;
    for (int i = 0; i < histogram.buckets(); i++) {
      below += histogram.count(i);
      double bound = histogram.bound(i);
      String le = Double.isInfinite(bound) ? "+Inf" : Double.toString(bound);
      sent.put(name + "_bucket" + labels(point.labels(), Map.of("le", le)), below);
    }
    sent.put(name + "_sum" + labels(point.labels(), Map.of()), histogram.sum());
    sent.put(name + "_count" + labels(point.labels(), Map.of()), (double) histogram.count());
  }

  private static String labels(Labels labels, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    for (int i = 0; i < labels.size(); i++) {
      all.put(labels.key(i).name().replace('.', '_'), labels.value(i).toString());
    }
    StringBuilder text = new StringBuilder();
    all.forEach(
        (key, value) ->
            text.append(text.length() == 0 ? "{" : ",").append(key + "=\"" + value + "\""));
    return text.length() == 0 ? "" : text.append('}').toString();
  }
}
