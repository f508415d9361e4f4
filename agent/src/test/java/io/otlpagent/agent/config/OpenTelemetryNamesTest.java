package io.otlpagent.agent.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.tracing.InstrumentationConfig;
import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSetting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people have in their deployments already: every name of OpenTelemetry's SDK and of its Java
 * agent is honoured, or the reference says that it is not and why.
 */
class OpenTelemetryNamesTest {

  /** The property, a value, the key that it sets, and what that shows then. */
  private static final String[] HONOURED = {
    "otel.sdk.disabled | TRUE | otel.sdk.disabled | true",
    "otel.javaagent.enabled | false | otel.javaagent.enabled | false",
    "otel.service.name | shop | service.name | shop",
    "otel.resource.attributes | a=1,b=x%20y | resource.attributes | a=1,b=x%20y",
    "otel.propagators | b3,xray | propagators | b3,xray",
    "otel.traces.sampler | Always_Off | sampling.sampler | always_off",
    "otel.traces.sampler.arg | 1.0 | sampling.ratio | 1.0",
    "otel.traces.exporter | none | otel.traces.exporter | none",
    "otel.metrics.exporter | none | metrics.exporter | none",
    "otel.exporter.otlp.endpoint | http://c:4318 | otlp.endpoint | http://c:4318",
    "otel.exporter.otlp.traces.endpoint | http://c:1/x | otlp.endpoint | http://c:1/x",
    "otel.exporter.otlp.protocol | http/protobuf | otlp.protocol | http/protobuf",
    "otel.exporter.otlp.traces.protocol | GRPC | otlp.protocol | grpc",
    "otel.exporter.otlp.headers | k=v | otlp.headers | k=***",
    "otel.exporter.otlp.traces.headers | k=v | otlp.headers | k=***",
    "otel.exporter.otlp.timeout | 2500 | otlp.timeout | 2500",
    "otel.exporter.otlp.traces.timeout | 0 | otlp.timeout | 0",
    "otel.exporter.otlp.compression | GZIP | otlp.compression | gzip",
    "otel.exporter.otlp.traces.compression | none | otlp.compression | none",
    "otel.exporter.otlp.certificate | /ca.pem | otlp.tls.ca_file | /ca.pem",
    "otel.exporter.otlp.traces.certificate | /ca.pem | otlp.tls.ca_file | /ca.pem",
    "otel.bsp.schedule.delay | 1000 | batch.timeout | 1000",
    "otel.bsp.export.timeout | 30000 | otlp.retry.max_elapsed | 30000",
    "otel.bsp.max.queue.size | 4096 | batch.max_queue_size | 4096",
    "otel.bsp.max.export.batch.size | 100 | batch.max_size | 100",
    "otel.metric.export.interval | 10000 | metrics.interval | 10000",
    "otel.metric.export.timeout | 5000 | metrics.timeout | 5000",
    "otel.metrics.exemplar.filter | ALWAYS_OFF | metrics.exemplar_filter | always_off",
    "otel.exporter.otlp.metrics.default.histogram.aggregation |"
        + " BASE2_EXPONENTIAL_BUCKET_HISTOGRAM | metrics.histogram_aggregation |"
        + " base2_exponential_bucket_histogram",
    "otel.exporter.otlp.metrics.temporality.preference | DELTA | metrics.temporality | delta",
    "otel.exporter.otlp.metrics.endpoint | http://m:1/x | otel.exporter.otlp.metrics.endpoint"
        + " | http://m:1/x",
    "otel.exporter.prometheus.host | 0.0.0.0 | server.host | 0.0.0.0",
    "otel.exporter.prometheus.port | 9999 | server.port | 9999",
    "otel.attribute.value.length.limit | 7 | limits.attribute_value_length | 7",
    "otel.span.attribute.value.length.limit | 7 | limits.attribute_value_length | 7",
    "otel.attribute.count.limit | 7 | limits.attribute_count | 7",
    "otel.span.attribute.count.limit | 7 | limits.attribute_count | 7",
    "otel.attribute.count.limit | 7 | limits.event_attribute_count | 7",
    "otel.event.attribute.count.limit | 2 | limits.event_attribute_count | 2",
    "otel.span.event.count.limit | 0 | limits.event_count | 0",
    "otel.log.level | WARN | logging.level | warn",
    "otel.javaagent.debug | true | otel.javaagent.debug | true",
    "otel.javaagent.logging | None | otel.javaagent.logging | none",
    "otel.javaagent.exclude-classes | a.B | instrumentation.exclude_classes | a.B",
    "otel.javaagent.exclude-class-loaders | a.B | instrumentation.exclude_class_loaders | a.B",
    "otel.instrumentation.common.default-enabled | false | instrumentation.default_enabled"
        + " | false",
    "otel.instrumentation.jdbc.experimental.capture-query-parameters | true"
        + " | jdbc.query_parameters | true",
    "otel.instrumentation.jdbc.experimental.sqlcommenter.enabled | true"
        + " | jdbc.sqlcommenter | true",
    "otel.instrumentation.jdbc.experimental.transaction.enabled | true"
        + " | jdbc.transactions | true",
    "otel.instrumentation.jdbc.enabled | false | otel.instrumentation.jdbc.enabled | false",
    "otel.instrumentation.spring-webmvc.enabled | false"
        + " | otel.instrumentation.spring_webmvc.enabled | false",
    "otel.instrumentation.common.db.query-sanitization.enabled | false | redaction.sql_literals"
        + " | false",
    "otel.instrumentation.common.db-statement-sanitizer.enabled | false | redaction.sql_literals"
        + " | false",
    "otel.instrumentation.jdbc.query-sanitization.enabled | false | redaction.sql_literals | false",
    "otel.instrumentation.http.server.capture-request-headers | X-A | http.server.request_headers"
        + " | X-A",
    "otel.instrumentation.http.server.capture-response-headers | X-A"
        + " | http.server.response_headers | X-A",
    "otel.instrumentation.http.client.capture-request-headers | X-A | http.client.request_headers"
        + " | X-A",
    "otel.instrumentation.http.client.capture-response-headers | X-A"
        + " | http.client.response_headers | X-A",
    "otel.instrumentation.http.client.emit-experimental-telemetry | true"
        + " | http.client.experimental | true",
    "otel.instrumentation.http.server.emit-experimental-telemetry | true"
        + " | http.server.experimental | true",
    "otel.instrumentation.common.peer-service-mapping | 1.2.3.4:80/a=cats"
        + " | instrumentation.peer_services | 1.2.3.4:80/a=cats",
    "otel.instrumentation.http.known-methods | GET,FOO | http.known_methods | GET,FOO",
    "otel.instrumentation.sanitization.url.experimental.sensitive-query-parameters | sig"
        + " | otel.instrumentation.sanitization.url.experimental.sensitive-query-parameters | sig",
    "otel.resource.disabled.keys | host.id | resource.disabled_keys | host.id",
    "otel.java.metrics.cardinality.limit | 100 | metrics.cardinality_limit | 100",
    "otel.java.exporter.otlp.retry.disabled | true | otlp.retry.max_retries | 0",
  };

  private static final String[] OTHERS = {
    "otel.logs.exporter",
    "otel.exporter.otlp.insecure",
    "otel.exporter.otlp.traces.insecure",
    "otel.exporter.otlp.metrics.insecure",
    "otel.exporter.otlp.client.key",
    "otel.exporter.otlp.traces.client.key",
    "otel.exporter.otlp.metrics.client.key",
    "otel.exporter.otlp.client.certificate",
    "otel.exporter.otlp.traces.client.certificate",
    "otel.exporter.otlp.metrics.client.certificate",
    "otel.exporter.otlp.metrics.certificate",
    "otel.exporter.otlp.metrics.protocol",
    "otel.exporter.otlp.metrics.headers",
    "otel.exporter.otlp.metrics.timeout",
    "otel.exporter.otlp.metrics.compression",
    "otel.exporter.otlp.logs.endpoint",
    "otel.exporter.otlp.logs.protocol",
    "otel.exporter.otlp.logs.headers",
    "otel.exporter.otlp.logs.timeout",
    "otel.exporter.otlp.logs.compression",
    "otel.exporter.otlp.logs.certificate",
    "otel.exporter.otlp.logs.insecure",
    "otel.span.link.count.limit",
    "otel.link.attribute.count.limit",
    "otel.blrp.schedule.delay",
    "otel.blrp.export.timeout",
    "otel.blrp.max.queue.size",
    "otel.blrp.max.export.batch.size",
    "otel.semconv.stability.opt.in",
    "otel.config.file",
    "otel.experimental.config.file",
    "otel.javaagent.configuration-file",
    "otel.javaagent.extensions",
    "otel.instrumentation.common.logging.trace-id-key",
    "otel.instrumentation.common.logging.span-id-key",
    "otel.instrumentation.common.logging.trace-flags-key",
    "otel.java.enabled.resource.providers",
    "otel.java.disabled.resource.providers",
    "otel.resource.providers.aws.enabled",
    "otel.resource.providers.gcp.enabled",
    "otel.resource.providers.azure.enabled",
    "otel.experimental.sdk.telemetry.version",
  };

  private static Stream<String> names() {
    return Stream.concat(
        Arrays.stream(HONOURED).map(line -> fields(line)[0]), Arrays.stream(OTHERS));
  }

  private static Stream<String> honoured() {
    return Arrays.stream(HONOURED);
  }

  private static String[] fields(String line) {
    return line.split(" *\\| *", -1);
  }

  @ParameterizedTest
  @MethodSource("names")
  void nameIsHonouredOrSaidNotToBe(String property) {
    String name = ConfigKey.normalize(property);
    boolean honoured =
        InstrumentationConfig.isToggle(name)
            || AllKeys.all().stream().anyMatch(key -> List.of(key.lookupNames()).contains(name));

    assertThat(honoured)
        .as("%s is a key's name, or in the table of what does nothing, and not both", property)
        .isNotEqualTo(NotHonoured.contains(name));
  }

  @ParameterizedTest
  @MethodSource("honoured")
  void valueIsTakenFromTheEnvironmentAndFromSystemProperties(String line) {
    String[] fields = fields(line);
    String property = fields[0];
    String variable = ConfigKey.environmentName(property);
    Properties properties = new Properties();
    properties.setProperty(property, fields[1]);

    AgentConfig byVariable =
        AgentConfigLoader.load(null, new Properties(), Map.of(variable, fields[1]));
    AgentConfig byProperty = AgentConfigLoader.load(null, properties, Map.of());

    assertSetting(byVariable, fields[2], fields[3], "environment variable " + variable);
    assertSetting(byProperty, fields[2], fields[3], "system property " + property);
    assertThat(byVariable.warnings()).isEmpty();
    assertThat(byProperty.warnings()).isEmpty();
  }

  private static void assertSetting(AgentConfig config, String path, String value, String origin) {
    ConfigSetting setting = requireNonNull(config.settings().get(path));
    assertThat(setting.value()).isEqualTo(value);
    assertThat(setting.origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE"})
  void metricsAreServedUnlessNobodyWantsAny(String none) {
    AgentConfig config =
        AgentConfigLoader.load(null, new Properties(), Map.of("OTEL_METRICS_EXPORTER", none));

    assertThat(config.server().metricsEnabled()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("names")
  void emptyTextIsAsGoodAsNotSet(String property) {
    AgentConfig config =
        AgentConfigLoader.load(
            null, new Properties(), Map.of(ConfigKey.environmentName(property), " "));

    assertThat(config.warnings()).isEmpty();
    assertThat(config.settings().values())
        .allSatisfy(setting -> assertThat(setting.origin()).isEqualTo("default"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomcat",
        "servlet",
        "jetty",
        "undertow",
        "netty",
        "reactor-netty",
        "vertx",
        "spring-webmvc",
        "jaxrs",
        "http-url-connection",
        "java-http-client",
        "apache-httpclient",
        "okhttp",
        "jdbc",
        "jdbc-datasource",
        "hikaricp",
        "executors",
      })
  void everyLibraryCanBeSwitched(String library) {
    AgentConfig config =
        AgentConfigLoader.load(
            null,
            new Properties(),
            Map.of(
                ConfigKey.environmentName("otel.instrumentation." + library + ".enabled"),
                "false"));

    assertThat(config.instrumentation().enabled(library, library + "-1.0")).isFalse();
    assertThat(config.warnings()).isEmpty();
  }
}
