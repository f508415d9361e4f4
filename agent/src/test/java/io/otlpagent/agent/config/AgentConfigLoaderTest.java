package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.instrumentation.trace.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigLoaderTest {

  @TempDir Path directory;

  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void nothingSetGivesDefaultsAndNoWarning() {
    AgentConfig config = load(null);

    assertThat(config.warnings()).isEmpty();
    assertThat(config.enabled()).isTrue();
    assertThat(config.server().enabled()).isTrue();
    assertThat(config.server().host()).isEqualTo("127.0.0.1");
    assertThat(config.server().port()).isEqualTo(9464);
    assertThat(config.server().metricsPort()).isEqualTo(9464);
    assertThat(config.server().workers()).isEqualTo(2);
    assertThat(config.server().metricsEnabled()).isTrue();
    assertThat(config.server().metricsPath()).isEqualTo("/metrics");
    assertThat(config.server().readyRequire()).isEmpty();
    assertThat(config.server().readyProbes()).isEmpty();
    assertThat(config.otlp().endpoint()).isEqualTo("http://localhost:4317");
    assertThat(config.otlp().grpc()).isTrue();
    assertThat(config.otlp().exportsTraces()).isTrue();
    assertThat(config.otlp().timeoutNanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
    assertThat(config.otlp().headers()).isEmpty();
    assertThat(config.otlp().gzip()).isFalse();
    assertThat(config.otlp().retry().maxRetries()).isEqualTo(3);
    assertThat(config.otlp().retry().initialDelayNanos()).isEqualTo(100_000_000L);
    assertThat(config.otlp().retry().maxDelayNanos()).isEqualTo(30_000_000_000L);
    assertThat(config.otlp().retry().multiplier()).isEqualTo(2.0);
    assertThat(config.batch().maxSize()).isEqualTo(512);
    assertThat(config.batch().maxQueueSize()).isEqualTo(2048);
    assertThat(config.batch().timeoutNanos()).isEqualTo(5_000_000_000L);
    assertThat(config.logging().level()).isEqualTo("info");
    assertThat(config.logging().format()).isEqualTo("json");
    assertThat(config.logging().output()).isEqualTo("stderr");
    assertThat(config.resource().serviceName()).isEmpty();
    assertThat(config.tracing().propagators()).containsExactly("tracecontext", "baggage");
    assertThat(config.tracing().sampler().description()).isEqualTo("parentbased_always_on");
    assertThat(config.tracing().attributeCount()).isEqualTo(128);
    assertThat(config.tracing().attributeValueLength()).isEqualTo(Integer.MAX_VALUE);
    assertThat(config.instrumentation().enabled("jdbc", "jdbc-4.0")).isTrue();
  }

  @Test
  void agentArgumentBeatsSystemPropertyBeatsEnvironmentBeatsFile() throws IOException {
    configFile("batch: {max_size: 1}");
    assertThat(load(null).batch().maxSize()).isEqualTo(1);

    environment.put("OTLP_BATCH_MAX_SIZE", "2");
    assertThat(load(null).batch().maxSize()).isEqualTo(2);

    properties.setProperty("otlp.batch.max_size", "3");
    assertThat(load(null).batch().maxSize()).isEqualTo(3);

    assertThat(load("batch.max_size=4").batch().maxSize()).isEqualTo(4);
  }

  @Test
  void openTelemetryNameWinsOverShortName() {
    environment.put("OTLP_ENDPOINT", "http://short:4317");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://generic:4317");
    assertThat(load(null).otlp().host()).isEqualTo("generic");

    environment.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces:4317");
    assertThat(load(null).otlp().host()).isEqualTo("traces");
  }

  @Test
  void shortNamesOfOperatorsWork() {
    environment.put("OTLP_ENDPOINT", "http://collector:4318");
    environment.put("OTLP_PROTOCOL", "grpc");
    environment.put("OTLP_LOG_LEVEL", "WARN");

    AgentConfig config = load(null);

    assertThat(config.otlp().endpoint()).isEqualTo("http://collector:4318");
    assertThat(config.otlp().grpc()).isTrue();
    assertThat(config.logging().level()).isEqualTo("warn");
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void everyKeyHasItsTwins() {
    for (ConfigKey<?> key : AllKeys.all()) {
      if (key.type().equals(ConfigKey.TEXT)
          && key.inFile()
          && !key.path().contains("endpoint")
          && !key.path().equals("server.host")
          && !key.path().endsWith("url")
          && !key.path().contains("file")) {
        String variable = ConfigKey.environmentName(key.property());

        assertThat(loadWith(Map.of(variable, "/from-environment")).describe())
            .contains(key.path() + " = /from-environment (environment variable " + variable + ")");
        assertThat(load(key.path() + "=/from-argument").describe())
            .contains(key.path() + " = /from-argument (agent argument " + key.path() + ")");
      }
    }
  }

  @Test
  void groupOtlpIsPrefixedOnceOrTwice() {
    assertThat(loadWith(Map.of("OTLP_TIMEOUT", "1s")).otlp().timeoutNanos())
        .isEqualTo(1_000_000_000L);
    assertThat(loadWith(Map.of("OTLP_OTLP_TIMEOUT", "2s")).otlp().timeoutNanos())
        .isEqualTo(2_000_000_000L);
  }

  @Test
  void openTelemetryVariablesAreHonoured() {
    environment.put("OTEL_SERVICE_NAME", "shop");
    environment.put(
        "OTEL_RESOURCE_ATTRIBUTES", "service.name=other,service.version=1.2,team=a%2Cb");
    environment.put("OTEL_TRACES_SAMPLER", "ParentBased_TraceIdRatio");
    environment.put("OTEL_TRACES_SAMPLER_ARG", "0.25");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "api-key=s%3Dcret, x=y");
    environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "2500");
    environment.put("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
    environment.put("OTEL_BSP_SCHEDULE_DELAY", "100");
    environment.put("OTEL_BSP_MAX_QUEUE_SIZE", "64");
    environment.put("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "32");
    environment.put("OTEL_BSP_EXPORT_TIMEOUT", "7000");
    environment.put("OTEL_TRACES_EXPORTER", "none");
    environment.put("OTEL_METRICS_EXPORTER", "none");
    environment.put("OTEL_EXPORTER_PROMETHEUS_HOST", "0.0.0.0");
    environment.put("OTEL_EXPORTER_PROMETHEUS_PORT", "9999");
    environment.put("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "1000");
    environment.put("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "5");
    environment.put("OTEL_SPAN_EVENT_COUNT_LIMIT", "0");
    environment.put("OTEL_LOG_LEVEL", "trace");
    environment.put("OTEL_PROPAGATORS", "baggage,tracecontext,baggage");
    environment.put("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS", "GET,FOO");
    environment.put("OTEL_SEMCONV_STABILITY_OPT_IN", "http/dup");

    AgentConfig config = load(null);

    assertThat(config.warnings()).isEmpty();
    assertThat(config.resource().serviceName()).isEqualTo("shop");
    assertThat(config.resource().serviceVersion()).isEqualTo("1.2");
    assertThat(config.resource().attributes()).containsEntry("team", "a,b");
    assertThat(config.tracing().sampler().description())
        .startsWith("parentbased_traceidratio{0.25}");
    assertThat(config.otlp().grpc()).isFalse();
    assertThat(config.otlp().endpoint()).isEqualTo("http://localhost:4318");
    assertThat(config.otlp().headers()).containsEntry("api-key", "s=cret").containsEntry("x", "y");
    assertThat(config.otlp().timeoutNanos()).isEqualTo(2_500_000_000L);
    assertThat(config.otlp().gzip()).isTrue();
    assertThat(config.otlp().exportsTraces()).isFalse();
    assertThat(config.batch().timeoutNanos()).isEqualTo(100_000_000L);
    assertThat(config.batch().maxQueueSize()).isEqualTo(64);
    assertThat(config.batch().maxSize()).isEqualTo(32);
    assertThat(config.otlp().retry().maxElapsedNanos()).isEqualTo(7_000_000_000L);
    assertThat(config.server().metricsEnabled()).isFalse();
    assertThat(config.server().host()).isEqualTo("0.0.0.0");
    assertThat(config.server().port()).isEqualTo(9999);
    assertThat(config.tracing().attributeValueLength()).isEqualTo(1000);
    assertThat(config.tracing().attributeCount()).isEqualTo(5);
    assertThat(config.tracing().eventCount()).isZero();
    assertThat(config.logging().level()).isEqualTo("debug");
    assertThat(config.tracing().propagators()).containsExactly("baggage", "tracecontext");
    assertThat(config.instrumentation().semconvSettings().knownMethods())
        .containsExactlyInAnyOrder("GET", "FOO");
  }

  @Test
  void killSwitchesTurnTheAgentOff() {
    assertThat(loadWith(Map.of("OTEL_JAVAAGENT_ENABLED", "false")).enabled()).isFalse();
    assertThat(loadWith(Map.of("OTEL_SDK_DISABLED", "TRUE")).enabled()).isFalse();
    assertThat(load("otel.sdk.disabled=true").enabled()).isFalse();
  }

  @Test
  void emptyValueIsUnset() throws IOException {
    configFile("batch: {max_size: 7, timeout: }");
    environment.put("OTLP_BATCH_MAX_SIZE", " ");
    properties.setProperty("otel.bsp.max.export.batch.size", "");

    AgentConfig config = load("batch.max_size=");

    assertThat(config.warnings()).isEmpty();
    assertThat(config.batch().maxSize()).isEqualTo(7);
    assertThat(config.batch().timeoutNanos()).isEqualTo(5_000_000_000L);
  }

  @Test
  void badValueIsOneWarningAndTheDefault() {
    environment.put("OTEL_BSP_MAX_QUEUE_SIZE", "many");
    environment.put("OTLP_TIMEOUT", "5 parsecs");
    environment.put("OTLP_SAMPLING_RATIO", "1.5");
    environment.put("OTLP_LOGGING_FORMAT", "xml");
    environment.put("OTLP_SERVER_ENABLED", "yes");
    environment.put("OTLP_SERVER_PORT", "tcp://10.0.0.1:80");
    environment.put("OTEL_RESOURCE_ATTRIBUTES", "team");
    environment.put("OTLP_HEADERS", "secret%zz");
    environment.put("OTLP_METRICS_PATH", "m");
    environment.put("OTLP_OTLP_RETRY_MULTIPLIER", "NaN");

    AgentConfig config = load(null);

    assertThat(config.warnings())
        .containsExactlyInAnyOrder(
            "environment variable OTEL_BSP_MAX_QUEUE_SIZE: 'many' is not a whole number from 2 to"
                + " 1048576; the default 2048 is used",
            "environment variable OTLP_TIMEOUT: '5 parsecs' is not a duration such as 5s, 500ms or"
                + " 500 (milliseconds); the default 10s is used",
            "environment variable OTLP_SAMPLING_RATIO: '1.5' is not a number from 0 to 1; the"
                + " default 1.0 is used",
            "environment variable OTLP_LOGGING_FORMAT: 'xml' is not one of json, text; the default"
                + " json is used",
            "environment variable OTLP_SERVER_ENABLED: 'yes' is neither true nor false; the"
                + " default true is used",
            "environment variable OTEL_RESOURCE_ATTRIBUTES: 'team' is not of the form"
                + " key=value,key2=value2 (percent-encode special characters); all of it is"
                + " ignored",
            "environment variable OTLP_HEADERS: '***' is not of the form key=value,key2=value2"
                + " (percent-encode special characters); all of it is ignored",
            "environment variable OTLP_METRICS_PATH: 'm' does not begin with /; '/m' is used",
            "environment variable OTLP_OTLP_RETRY_MULTIPLIER: 'NaN' is not a number from 1 to 100;"
                + " the default 2.0 is used");
    assertThat(config.batch().maxQueueSize()).isEqualTo(2048);
    assertThat(config.otlp().timeoutNanos()).isEqualTo(10_000_000_000L);
    assertThat(config.server().enabled()).isTrue();
    assertThat(config.server().port()).isEqualTo(9464);
  }

  @ParameterizedTest
  @CsvSource({
    "5s, 5000",
    "500ms, 500",
    "500, 500",
    "2m, 120000",
    "1h, 3600000",
    "1d, 86400000",
    "0, 0",
    "5 S, 5000"
  })
  void durationsHaveUnits(String text, long millis) {
    assertThat(loadWith(Map.of("OTLP_BATCH_TIMEOUT", text)).batch().timeoutNanos())
        .isEqualTo(Duration.ofMillis(millis).toNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"s", "-1", "1.5s", "5x", "9999999999999", "1e3"})
  void otherDurationsAreRefused(String text) {
    AgentConfig config = loadWith(Map.of("OTLP_BATCH_TIMEOUT", text));

    assertThat(config.warnings()).hasSize(1);
    assertThat(config.batch().timeoutNanos()).isEqualTo(5_000_000_000L);
  }

  @Test
  void dumpOfTheSettingsCanBeAskedFor() {
    assertThat(load(null).logging().dumpConfig()).isFalse();
    assertThat(loadWith(Map.of("OTLP_DUMP_CONFIG", "true")).logging().dumpConfig()).isTrue();
    assertThat(load("debug.dump_config=true").logging().dumpConfig()).isTrue();
  }

  @Test
  void batchIsNotBiggerThanTheQueue() {
    AgentConfig config = load("batch.max_size=100;batch.max_queue_size=10");

    assertThat(config.batch().maxSize()).isEqualTo(10);
    assertThat(config.warnings())
        .containsExactly(
            "batch.max_size 100 is more than batch.max_queue_size 10; batches of 10 are sent");
  }

  @Test
  void metricsFollowThePortOfTheServer() {
    assertThat(load("server.port=8081").server().metricsPort()).isEqualTo(8081);
    assertThat(load("server.port=8081;metrics.port=8082").server().metricsPort()).isEqualTo(8082);
  }

  @Test
  void noPropagatorsAtAll() {
    assertThat(loadWith(Map.of("OTEL_PROPAGATORS", "none")).tracing().propagators()).isEmpty();
  }

  @Test
  void samplersHaveTheirNames() {
    assertThat(load("sampling.sampler=always_on").tracing().sampler()).isSameAs(Sampler.ALWAYS_ON);
    assertThat(load("sampling.sampler=always_off").tracing().sampler())
        .isSameAs(Sampler.ALWAYS_OFF);
    assertThat(samplerOf("traceidratio")).isEqualTo("traceidratio{1.0}");
    assertThat(samplerOf("parentbased_always_off")).isEqualTo("parentbased_always_off");
    assertThat(samplerOf("parentbased_traceidratio")).isEqualTo("parentbased_traceidratio{1.0}");
  }

  @Test
  void librariesAreSwitchedByNameOrGroup() {
    environment.put("OTEL_INSTRUMENTATION_JDBC_ENABLED", "false");
    environment.put("OTEL_INSTRUMENTATION_SERVLET_JAVAX_3_0_ENABLED", "false");
    properties.setProperty("otel.instrumentation.okhttp.enabled", "maybe");

    AgentConfig config =
        load("instrumentation.disabled=tomcat,jetty;" + "otel.instrumentation.jetty.enabled=true");

    assertThat(config.instrumentation().enabled("jdbc", "jdbc-4.0")).isFalse();
    assertThat(config.instrumentation().enabled("servlet", "servlet-javax-3.0")).isFalse();
    assertThat(config.instrumentation().enabled("servlet", "servlet-jakarta-5.0")).isTrue();
    assertThat(config.instrumentation().enabled("tomcat", "tomcat-8.5")).isFalse();
    assertThat(config.instrumentation().enabled("jetty", "jetty-9.4")).isTrue();
    assertThat(config.warnings())
        .containsExactly(
            "system property otel.instrumentation.okhttp.enabled: 'maybe' is neither true nor"
                + " false; it is ignored");
  }

  @Test
  void librariesCanBeOffByDefault() {
    environment.put("OTEL_INSTRUMENTATION_COMMON_DEFAULT_ENABLED", "false");
    environment.put("OTEL_INSTRUMENTATION_JDBC_ENABLED", "true");

    AgentConfig config = load("instrumentation.enabled=servlet");

    assertThat(config.instrumentation().enabled("jdbc", "jdbc-4.0")).isTrue();
    assertThat(config.instrumentation().enabled("servlet", "servlet-javax-3.0")).isTrue();
    assertThat(config.instrumentation().enabled("okhttp", "okhttp-3.0")).isFalse();
  }

  @Test
  void queryKeysAreAddedOrReplaced() {
    assertThat(load("redaction.query_keys=Pin").instrumentation().semconvSettings().secretKeys())
        .contains("pin", "password");
    assertThat(
            load("redaction.query_keys=none,pin").instrumentation().semconvSettings().secretKeys())
        .containsExactly("pin");
    properties.setProperty(
        "otel.instrumentation.sanitization.url.experimental.sensitive-query-parameters", "Only");
    assertThat(load(null).instrumentation().semconvSettings().signatureKeys())
        .containsExactly("Only");
  }

  @Test
  void conventionsCanBeChanged() {
    environment.put("OTEL_INSTRUMENTATION_JDBC_QUERY_SANITIZATION_ENABLED", "false");

    AgentConfig config = load("http.server.trust_forwarded_headers=false");

    assertThat(config.instrumentation().semconvSettings().sanitizeSqlLiterals()).isFalse();
    assertThat(config.instrumentation().semconvSettings().trustForwardedHeaders()).isFalse();
  }

  @Test
  void unknownNamesGetTheNearestKnownOne() throws IOException {
    configFile("batch: {max_sise: 5}\nservr: {port: 1}\n");
    properties.setProperty("otlp.logging.levle", "debug");
    properties.setProperty("otel.something.else", "x");
    environment.put("OTLP_PORT_4317_TCP", "tcp://10.0.0.1:4317");

    AgentConfig config = load("sampling.ration=0.5");

    assertThat(config.warnings())
        .containsExactlyInAnyOrder(
            "config file "
                + file()
                + ", line 1: batch.max_sise is unknown and is ignored; did you mean"
                + " batch.max_size?",
            "config file "
                + file()
                + ", line 2: servr.port is unknown and is ignored; did you mean"
                + " server.port?",
            "system property otlp.logging.levle is unknown and is ignored; did you mean"
                + " logging.level?",
            "agent argument sampling.ration is unknown and is ignored; did you mean"
                + " sampling.ratio?");
  }

  @Test
  void agentArgumentWithoutEqualsIsAWarning() {
    assertThat(load("debug;=x;;batch.max_size=5").warnings())
        .containsExactly(
            "agent argument number 1 is ignored: write key=value;key2=value2 after the jar",
            "agent argument number 2 is ignored: write key=value;key2=value2 after the jar");
  }

  @Test
  void agentArgumentsTakeEverySpelling() {
    assertThat(load("otlp.batch.max-size=5").batch().maxSize()).isEqualTo(5);
    assertThat(load("OTEL_SERVICE_NAME=shop").resource().serviceName()).isEqualTo("shop");
    assertThat(load("otel.service.name=shop").resource().serviceName()).isEqualTo("shop");
    assertThat(load("service.name = shop ").resource().serviceName()).isEqualTo("shop");
  }

  @Test
  void descriptionShowsOriginsAndMasksSecrets() {
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "api-key=hush,other=hush");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "https://user:hush@c:4318");

    AgentConfig config = load("batch.max_size=5");

    assertThat(config.describe())
        .contains(
            "batch.max_size = 5 (agent argument batch.max_size)",
            "batch.max_queue_size = 2048 (default)",
            "otlp.endpoint = https://***@c:4318 (environment variable OTEL_EXPORTER_OTLP_ENDPOINT)",
            "otlp.headers = api-key=***,other=***"
                + " (environment variable OTEL_EXPORTER_OTLP_HEADERS)",
            "otlp.protocol = http/protobuf (default)");
    assertThat(config.describe().toString() + config.warnings()).doesNotContain("hush");
  }

  @Test
  void everyKeyIsDescribedOnce() {
    AgentConfig config = load(null);

    List<String> paths =
        config.describe().stream().map(line -> line.substring(0, line.indexOf(" = "))).toList();
    assertThat(paths)
        .containsExactlyInAnyOrderElementsOf(
            AllKeys.all().stream()
                .map(ConfigKey::path)
                // These are read only where they matter.
                .filter(path -> !path.startsWith("otel.exporter.otlp."))
                .toList());
  }

  private String samplerOf(String name) {
    return load("sampling.sampler=" + name).tracing().sampler().description();
  }

  private AgentConfig load(@Nullable String agentArguments) {
    return AgentConfigLoader.load(agentArguments, properties, environment);
  }

  private static AgentConfig loadWith(Map<String, String> environment) {
    return AgentConfigLoader.load(null, new Properties(), environment);
  }

  private void configFile(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    environment.put("OTLP_CONFIG_FILE", file().toString());
  }

  private Path file() {
    return directory.resolve("config.yaml");
  }
}
