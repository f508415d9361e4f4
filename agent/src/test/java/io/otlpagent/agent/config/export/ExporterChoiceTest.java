package io.otlpagent.agent.config.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExporterChoiceTest {

  @ParameterizedTest
  @CsvSource({
    "otlp,            true,  false",
    "console,         false, true",
    "otlp/stdout,     false, true",
    "logging-otlp,    false, true",
    "logging,         false, true",
    "CONSOLE,         false, true",
    "'otlp,console',  true,  true",
    "'console, OTLP', true,  true",
    "none,            false, false",
    "'none,console',  false, true",
    "'',              true,  false",
    "zipkin,          true,  false",
    "'zipkin,console', false, true",
  })
  void listSaysWhereSpansGo(String list, boolean collector, boolean console) {
    ExporterChoice exporters = load(Map.of("OTEL_TRACES_EXPORTER", list)).otlp().exporters();

    assertThat(exporters.collector()).isEqualTo(collector);
    assertThat(exporters.console()).isEqualTo(console);
  }

  @ParameterizedTest
  @CsvSource({
    "otlp,                 true,  false",
    "console,              false, true",
    "otlp/stdout,          false, true",
    "'otlp,logging-otlp',  true,  true",
    "prometheus,           false, false",
    "'prometheus,console', false, true",
    "none,                 false, false",
  })
  void listSaysWhereMetricsGo(String list, boolean collector, boolean console) {
    ExporterChoice exporters = load(Map.of("OTEL_METRICS_EXPORTER", list)).metrics().exporters();

    assertThat(exporters.collector()).isEqualTo(collector);
    assertThat(exporters.console()).isEqualTo(console);
  }

  /** Further connections would take spans to a collector that nobody asked for. */
  @ParameterizedTest
  @CsvSource({"otlp, 4", "'otlp,console', 4", "console, 1", "none, 1"})
  void requestsAreBesideEachOtherOnTheirWayToACollectorOnly(String list, int requests) {
    AgentConfig config = load(Map.of("OTEL_TRACES_EXPORTER", list, "OTLP_MAX_IN_FLIGHT", "4"));

    assertThat(config.otlp().maxInFlight()).isEqualTo(requests);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp", "console", "otlp/stdout", "logging-otlp", "otlp,console", "none"})
  void whatIsKnownIsNotWarnedOf(String list) {
    assertThat(load(Map.of("OTEL_TRACES_EXPORTER", list, "OTEL_METRICS_EXPORTER", list)).warnings())
        .isEmpty();
  }

  @Test
  void jaegerIsOneWarningThatSaysWhatToSet() {
    assertThat(load(Map.of("OTEL_TRACES_EXPORTER", "jaeger")).warnings())
        .containsExactly(
            "environment variable OTEL_TRACES_EXPORTER: this agent has no exporter 'jaeger'; write"
                + " otlp, console, both or none. Jaeger takes otlp itself: set otlp.endpoint to its"
                + " port 4317");
  }

  /** Who looks at spans on a terminal has no collector that would take the metrics. */
  @Test
  void consoleForSpansLeavesMetricsUnsentUnlessThereIsACollector() {
    assertThat(load(Map.of("OTEL_TRACES_EXPORTER", "console")).metrics().exported()).isFalse();
    assertThat(
            load(Map.of(
                    "OTEL_TRACES_EXPORTER", "console",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317"))
                .metrics()
                .exporters()
                .collector())
        .isTrue();
    assertThat(
            load(Map.of("OTEL_TRACES_EXPORTER", "console", "OTEL_METRICS_EXPORTER", "otlp"))
                .metrics()
                .exporters()
                .collector())
        .isTrue();
  }

  @Test
  void metricsDoNotShareAConnectionThatSpansDoNotHave() {
    AgentConfig config =
        load(Map.of("OTEL_TRACES_EXPORTER", "console", "OTEL_METRICS_EXPORTER", "otlp"));

    assertThat(config.metrics().goesWith(config.otlp())).isFalse();
  }

  private static AgentConfig load(Map<String, String> environment) {
    return AgentConfigLoader.load(null, new Properties(), environment);
  }
}
