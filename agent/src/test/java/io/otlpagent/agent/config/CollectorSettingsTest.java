package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.export.OtlpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where spans are sent, and how. */
class CollectorSettingsTest {

  @TempDir Path directory;

  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    "http://c:4318,                http://c:4318,  false, /v1/traces",
    "http://c:4317,                http://c:4317,  true,  /v1/traces",
    "https://c,                    https://c:443,  true,  /v1/traces",
    "http://c/,                    http://c:80,    true,  /v1/traces",
    "http://c/base/,               http://c:80,    false, /base/v1/traces",
    "https://c:4317/otlp,          https://c:4317, false, /otlp/v1/traces",
    "HTTP://[::1]:4318/x,          http://[::1]:4318, false, /x/v1/traces",
    "https://u:p@c:4318/p,         https://c:4318, false, /p/v1/traces",
  })
  void protocolAndPathFollowFromTheEndpoint(
      String url, String endpoint, boolean grpc, String path) {
    OtlpConfig otlp = loadWith(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url)).otlp();

    assertThat(otlp.endpoint()).isEqualTo(endpoint);
    assertThat(otlp.grpc()).isEqualTo(grpc);
    assertThat(otlp.httpPath("/v1/traces")).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "http://c:4318, /",
    "http://c:4318/v9/x/, /v9/x/",
    "http://c:4318/a%20b?k=v, /a%20b?k=v"
  })
  void endpointForTracesIsUsedAsItIs(String url, String path) {
    OtlpConfig otlp = loadWith(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", url)).otlp();

    assertThat(otlp.httpPath("/v1/traces")).isEqualTo(path);
  }

  @Test
  void endpointWithoutSchemeIsPlainTextWithAWarning() {
    AgentConfig config = loadWith(Map.of("OTLP_ENDPOINT", "collector:4317"));

    assertThat(config.otlp().endpoint()).isEqualTo("http://collector:4317");
    assertThat(config.warnings())
        .containsExactly(
            "environment variable OTLP_ENDPOINT: 'collector:4317' has no scheme and is taken as"
                + " http://collector:4317; write http:// or https:// in front of it");
  }

  @Test
  void insecureDecidesWhereThereIsNoScheme() {
    environment.put("OTLP_ENDPOINT", "collector:4317");
    environment.put("OTEL_EXPORTER_OTLP_INSECURE", "false");

    AgentConfig config = load(null);

    assertThat(config.otlp().endpoint()).isEqualTo("https://collector:4317");
    assertThat(config.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "ftp://c:1", "http://a b", "http://c:99999", "http://c:x"})
  void unusableEndpointIsTheDefault(String url) {
    AgentConfig config = loadWith(Map.of("OTLP_ENDPOINT", url));

    assertThat(config.otlp().endpoint()).isEqualTo("http://localhost:4317");
    assertThat(config.warnings())
        .containsExactly(
            "environment variable OTLP_ENDPOINT: '"
                + url
                + "' is not a URL such as http://collector:4317; the default is used");
  }

  @Test
  void jsonIsOneOfTheProtocols() {
    AgentConfig config = loadWith(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"));

    assertThat(config.otlp().grpc()).isFalse();
    assertThat(config.otlp().json()).isTrue();
    assertThat(config.otlp().protocol()).isEqualTo("http/json");
    assertThat(config.otlp().endpoint()).isEqualTo("http://localhost:4318");
    assertThat(config.metrics().goesWith(config.otlp())).isTrue();
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void jsonMayBeForOneSignalAlone() {
    AgentConfig config =
        loadWith(
            Map.of(
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/json"));

    assertThat(config.otlp().protocol()).isEqualTo("http/protobuf");
    assertThat(config.metrics().otlp().protocol()).isEqualTo("http/json");
    assertThat(config.metrics().goesWith(config.otlp())).isFalse();
  }

  @Test
  void remoteCollectorGetsGzip() {
    assertThat(loadWith(Map.of("OTLP_ENDPOINT", "http://c:4317")).otlp().gzip()).isTrue();
    assertThat(loadWith(Map.of("OTLP_ENDPOINT", "http://127.0.0.1:4317")).otlp().gzip()).isFalse();
    assertThat(load("otlp.endpoint=http://c:4317;otlp.compression=none").otlp().gzip()).isFalse();
  }

  @Test
  void headersCanComeFromAFile() throws IOException {
    Path secret = directory.resolve("headers");
    Files.writeString(secret, "# comment\napi-key: a=b:c\r\n\nother=x\nnonsense hush\n");

    AgentConfig config = load("otlp.headers=other=y;otlp.headers_file=" + secret);

    assertThat(config.otlp().headers())
        .containsOnly(Map.entry("api-key", "a=b:c"), Map.entry("other", "y"));
    assertThat(config.warnings())
        .containsExactly("agent argument otlp.headers_file: line 5 is not of the form name: value");
    assertThat(config.describe().toString()).doesNotContain("a=b:c");
  }

  @Test
  void headersFileIsReadAgainWhenItChanges() throws IOException {
    Path secret = directory.resolve("headers");
    Files.writeString(secret, "api-key: old\n");
    AgentConfig config = load("otlp.headers_file=" + secret);
    assertThat(config.otlp().headers()).containsEntry("api-key", "old");

    Files.writeString(secret, "api-key: newer\n");
    assertThat(config.otlp().headers()).containsEntry("api-key", "newer");

    Files.delete(secret);
    assertThat(config.otlp().headers()).containsEntry("api-key", "newer");
  }

  @Test
  void missingHeadersFileIsAWarning() {
    assertThat(load("otlp.headers_file=/does/not/exist").warnings())
        .singleElement()
        .asString()
        .startsWith("agent argument otlp.headers_file: /does/not/exist cannot be read: ");
  }

  @Test
  void halfAClientCertificateIsAWarning() {
    assertThat(load("otlp.tls.cert_file=/c.pem").warnings())
        .containsExactly(
            "otlp.tls.cert_file and otlp.tls.key_file belong together; set both or neither");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:hush@c:4317",
        "hush@c:4317",
        "user:a=hush@c",
        "c:4317?key=hush",
        "u:hush@[x"
      })
  void passwordIsMaskedAlsoWhereTheSchemeIsMissing(String endpoint) {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    environment.put("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", endpoint);

    AgentConfig config = load("");

    assertThat(config.describe().toString() + config.warnings()).contains("***");
    assertThat(config.describe().toString() + config.warnings()).doesNotContain("hush");
  }

  private AgentConfig load(@Nullable String agentArguments) {
    return AgentConfigLoader.load(agentArguments, properties, environment);
  }

  private static AgentConfig loadWith(Map<String, String> environment) {
    return AgentConfigLoader.load(null, new Properties(), environment);
  }
}
