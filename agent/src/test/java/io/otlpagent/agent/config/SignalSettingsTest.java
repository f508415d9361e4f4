package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.export.OtlpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set for one signal, against what is set for all of them in a stronger place. */
class SignalSettingsTest {

  @TempDir Path directory;

  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void endpointOfTracesBeatsTheGeneralOneOfAStrongerSource() {
    properties.setProperty("otel.exporter.otlp.endpoint", "http://general:4317");
    environment.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces:4318/x");
    environment.put("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics:4318/y");

    AgentConfig config = load("");

    assertThat(config.otlp().endpoint()).isEqualTo("http://traces:4318");
    assertThat(config.otlp().httpPath("/v1/traces")).isEqualTo("/x");
    assertThat(config.settings().get("otlp.endpoint").origin())
        .isEqualTo("environment variable OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
    assertThat(config.metrics().otlp().endpoint()).isEqualTo("http://metrics:4318");
    assertThat(config.metrics().otlp().httpPath("/v1/metrics")).isEqualTo("/y");
  }

  @Test
  void everySettingOfTheExporterHasThatRule() {
    properties.setProperty("otlp.headers", "who=general");
    properties.setProperty("otlp.timeout", "1s");
    properties.setProperty("otlp.compression", "none");
    properties.setProperty("otlp.protocol", "grpc");
    environment.put("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "who=traces");
    environment.put("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2s");
    environment.put("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip");
    environment.put("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json");

    OtlpConfig otlp = load("").otlp();

    assertThat(otlp.headers()).containsExactly(Map.entry("who", "traces"));
    assertThat(otlp.timeoutNanos()).isEqualTo(2_000_000_000L);
    assertThat(otlp.gzip()).isTrue();
    assertThat(otlp.json()).isTrue();
  }

  @Test
  void agentArgumentIsStrongerThanAnySignal() {
    environment.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces:4317");

    assertThat(load("otlp.endpoint=http://argument:4317").otlp().endpoint())
        .isEqualTo("http://argument:4317");
  }

  @Test
  void strongerSourceWinsBetweenTwoOfTheSameKind() {
    properties.setProperty("otel.exporter.otlp.traces.endpoint", "http://property:4317");
    environment.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://environment:4317");
    assertThat(load("").otlp().endpoint()).isEqualTo("http://property:4317");

    properties.clear();
    environment.clear();
    properties.setProperty("otlp.endpoint", "http://property:4317");
    environment.put("OTLP_ENDPOINT", "http://environment:4317");
    assertThat(load("").otlp().endpoint()).isEqualTo("http://property:4317");
  }

  @Test
  void signalInTheFileBeatsTheGeneralVariable() throws IOException {
    Path file = directory.resolve("config.yaml");
    Files.writeString(
        file, "otel: {exporter: {otlp: {traces: {endpoint: \"http://traces:4317\"}}}}\n");
    properties.setProperty("otlp.config.file", file.toString());
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://general:4317");

    assertThat(load("").otlp().endpoint()).isEqualTo("http://traces:4317");
  }

  @Test
  void limitOfSpansBeatsTheLimitOfAllSignals() {
    properties.setProperty("otel.attribute.count.limit", "7");
    environment.put("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "9");

    assertThat(load("").tracing().attributeCount()).isEqualTo(9);
  }

  private AgentConfig load(String arguments) {
    return AgentConfigLoader.load(arguments, properties, environment);
  }
}
