package io.otlpagent.agent.config.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsConfigTest {

  @Test
  void metricsAreSentEveryMinuteByDefault() {
    AgentConfig config = load(Map.of());
    MetricsConfig metrics = config.metrics();

    assertThat(metrics.exported()).isTrue();
    assertThat(metrics.intervalNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(60));
    assertThat(metrics.timeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(30));
    assertThat(metrics.temporality()).isEqualTo("cumulative");
    assertThat(metrics.exemplarFilter()).isEqualTo("trace_based");
    assertThat(metrics.cardinalityLimit()).isEqualTo(2000);
    assertThat(metrics.goesWith(config.otlp())).isTrue();
    assertThat(config.server().metricsEnabled()).isTrue();
  }

  @Test
  void namesOfOpenTelemetryAreHonoured() {
    MetricsConfig metrics =
        load(Map.of(
                "OTEL_METRIC_EXPORT_INTERVAL", "5000",
                "OTEL_METRIC_EXPORT_TIMEOUT", "7000",
                "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "DELTA",
                "OTEL_METRICS_EXEMPLAR_FILTER", "always_on",
                "OTEL_JAVA_METRICS_CARDINALITY_LIMIT", "10"))
            .metrics();

    assertThat(metrics.intervalNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
    assertThat(metrics.timeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(7));
    assertThat(metrics.temporality()).isEqualTo("delta");
    assertThat(metrics.exemplarFilter()).isEqualTo("always_on");
    assertThat(metrics.cardinalityLimit()).isEqualTo(10);
  }

  @Test
  void histogramsHaveTheBucketsOfTheConventionsUnlessOthersAreWanted() {
    String name = "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION";

    assertThat(load(Map.of()).instrumentation().exponentialHistograms()).isFalse();
    assertThat(
            load(Map.of(name, "base2_exponential_bucket_histogram"))
                .instrumentation()
                .exponentialHistograms())
        .isTrue();
    AgentConfig other = load(Map.of(name, "exponential"));
    assertThat(other.instrumentation().exponentialHistograms()).isFalse();
    assertThat(other.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains(name, "exponential", "base2_exponential_bucket_histogram"));
  }

  @Test
  void anIntervalOfZeroIsTenTimesASecond() {
    assertThat(load(Map.of("OTEL_METRIC_EXPORT_INTERVAL", "0")).metrics().intervalNanos())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(load(Map.of("OTLP_METRICS_INTERVAL", "1")).metrics().intervalNanos())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
  }

  @ParameterizedTest
  @CsvSource({
    "otlp, true, true",
    "prometheus, false, true",
    "'otlp,prometheus', true, true",
    "none, false, false",
    "console, true, true",
    "'console,prometheus', true, true",
    "zipkin, true, true",
  })
  void exporterSaysWhereMetricsGo(String exporter, boolean sent, boolean served) {
    AgentConfig config = load(Map.of("OTEL_METRICS_EXPORTER", exporter));

    assertThat(config.metrics().exported()).isEqualTo(sent);
    assertThat(config.server().metricsEnabled()).isEqualTo(served);
  }

  @Test
  void endpointOfMetricsIsUsedAsItIs() {
    AgentConfig config =
        load(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://general:4318/x",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces:4318/t",
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "https://metrics:9/m",
                "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/protobuf",
                "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "key=hush",
                "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "3000",
                "OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "none",
                "OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE", "/ca.pem"));
    OtlpConfig otlp = config.metrics().otlp();

    assertThat(otlp.endpoint()).isEqualTo("https://metrics:9");
    assertThat(otlp.httpPath("/v1/metrics")).isEqualTo("/m");
    assertThat(otlp.grpc()).isFalse();
    assertThat(otlp.headers()).containsExactly(Map.entry("key", "hush"));
    assertThat(otlp.timeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(3));
    assertThat(otlp.gzip()).isFalse();
    assertThat(otlp.tls().caFile()).isEqualTo("/ca.pem");
    assertThat(config.metrics().goesWith(config.otlp())).isFalse();
    assertThat(config.otlp().endpoint()).isEqualTo("http://traces:4318");
    assertThat(config.otlp().headers()).isEmpty();
    assertThat(config.describe().toString() + config.warnings()).doesNotContain("hush");
  }

  @Test
  void metricsGoToTheGeneralEndpointAndNotToTheOneOfTraces() {
    AgentConfig config =
        load(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://general:4318/x",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces:4318/t"));

    assertThat(config.metrics().exported()).isTrue();
    assertThat(config.metrics().otlp().endpoint()).isEqualTo("http://general:4318");
    assertThat(config.metrics().otlp().httpPath("/v1/metrics")).isEqualTo("/x/v1/metrics");
  }

  @Test
  void endpointForTracesAloneLeavesMetricsUnsentUnlessAskedFor() {
    Map<String, String> traces = Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://t:4317");

    assertThat(load(traces).metrics().exported()).isFalse();
    assertThat(
            load(Map.of(
                    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://t:4317",
                    "OTEL_METRICS_EXPORTER", "otlp"))
                .metrics()
                .exported())
        .isTrue();
  }

  @Test
  void wrongSettingsForMetricsAreNamedByTheirOwnNames() {
    assertThat(
            load(Map.of("OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "zip", "OTEL_SERVICE_NAME", "x"))
                .warnings())
        .anyMatch(
            warning ->
                warning.startsWith(
                    "environment variable OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: 'zip'"));
  }

  private static AgentConfig load(Map<String, String> environment) {
    return AgentConfigLoader.load(null, new Properties(), environment);
  }
}
