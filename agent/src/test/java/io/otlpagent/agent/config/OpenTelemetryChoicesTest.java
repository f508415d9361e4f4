package io.otlpagent.agent.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.value.ConfigSetting;
import io.otlpagent.agent.resource.ResourceGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of OpenTelemetry's agent of which ours has a part, or another form. */
class OpenTelemetryChoicesTest {

  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void unsupportedChoicesAreNamed() {
    environment.put("OTEL_PROPAGATORS", "b4,B3,tracecontext,b3,XRay,ottrace");
    environment.put("OTEL_TRACES_EXPORTER", "zipkin");
    environment.put("OTEL_METRICS_EXPORTER", "statsd,otlp");
    environment.put("OTEL_TRACES_SAMPLER", "sometimes");
    environment.put("OTEL_CONFIG_FILE", "/otel.yaml");

    AgentConfig config = load(null);

    assertThat(config.tracing().propagators())
        .containsExactly("b3", "tracecontext", "xray", "ottrace");
    assertThat(config.settings().get("propagators"))
        .hasToString(
            "propagators = b3,tracecontext,xray,ottrace (environment variable OTEL_PROPAGATORS)");
    assertThat(config.otlp().exportsTraces()).isTrue();
    assertThat(config.server().metricsEnabled()).isTrue();
    assertThat(config.warnings())
        .containsExactlyInAnyOrder(
            "environment variable OTEL_PROPAGATORS: propagator 'b4' is not supported and is"
                + " ignored; there are tracecontext, baggage, b3, b3multi, jaeger, xray,"
                + " ottrace and none",
            "environment variable OTEL_TRACES_EXPORTER: this agent has no exporter 'zipkin'; write"
                + " otlp, console, both or none. A collector passes it on to Zipkin: set"
                + " otlp.endpoint to that collector",
            "environment variable OTEL_METRICS_EXPORTER: this agent has no exporter 'statsd'; write"
                + " otlp, console, prometheus, several of them or none",
            "environment variable OTEL_TRACES_SAMPLER: 'sometimes' is not one of always_on,"
                + " always_off, traceidratio, parentbased_always_on, parentbased_always_off,"
                + " parentbased_traceidratio; the default parentbased_always_on is used",
            "environment variable OTEL_CONFIG_FILE: declarative configuration is not supported and"
                + " is ignored; set OTLP_CONFIG_FILE to a config.yaml of this agent");
  }

  @Test
  void retriesAreSwitchedOffUnlessAStrongerSourceWantsThem() {
    environment.put("OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true");
    environment.put("OTLP_RETRY_MAX_RETRIES", "5");

    AgentConfig off = load(null);
    AgentConfig wanted = load("otlp.retry.max_retries=2");

    assertThat(off.otlp().retry().disabled()).isTrue();
    assertThat(off.otlp().retry().maxRetries()).isZero();
    ConfigSetting retries = requireNonNull(off.settings().get("otlp.retry.max_retries"));
    assertThat(retries.value()).isEqualTo("0");
    assertThat(retries.origin())
        .isEqualTo("environment variable OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED");
    assertThat(off.warnings()).isEmpty();
    assertThat(wanted.otlp().retry().disabled()).isFalse();
    assertThat(wanted.otlp().retry().maxRetries()).isEqualTo(2);
  }

  @Test
  void resourceProvidersAreChosenByTheirClasses() {
    environment.put(
        "OTEL_JAVA_ENABLED_RESOURCE_PROVIDERS",
        "io.opentelemetry.instrumentation.resources.HostResourceProvider,"
            + "io.opentelemetry.instrumentation.resources.OsResourceProvider,"
            + "io.opentelemetry.sdk.autoconfigure.EnvironmentResourceProvider,"
            + "com.acme.Mine,io.opentelemetry.contrib.aws.resource.Ec2ResourceProvider");
    environment.put(
        "OTEL_JAVA_DISABLED_RESOURCE_PROVIDERS",
        "io.opentelemetry.instrumentation.resources.OsResourceProvider,"
            + "io.opentelemetry.contrib.gcp.resource.GCPResourceProvider,OsResourceProvider");

    AgentConfig config = load(null);

    assertThat(config.resource().groups())
        .containsExactlyInAnyOrder(ResourceGroup.HOST, ResourceGroup.KUBERNETES);
    assertThat(config.warnings())
        .containsExactlyInAnyOrder(
            "environment variable OTEL_JAVA_ENABLED_RESOURCE_PROVIDERS: this agent finds out"
                + " nothing in the place of com.acme.Mine,"
                + " io.opentelemetry.contrib.aws.resource.Ec2ResourceProvider; write full class"
                + " names of OpenTelemetry's resource providers, or leave single attributes out"
                + " with resource.disabled_keys",
            "environment variable OTEL_JAVA_DISABLED_RESOURCE_PROVIDERS: this agent finds out"
                + " nothing in the place of OsResourceProvider; write full class names of"
                + " OpenTelemetry's resource providers, or leave single attributes out with"
                + " resource.disabled_keys");
  }

  @ParameterizedTest
  @CsvSource({
    "instrumentation.resources.ContainerResourceProvider, CONTAINER",
    "instrumentation.resources.HostResourceProvider, HOST",
    "instrumentation.resources.HostIdResourceProvider, HOST_ID",
    "instrumentation.resources.OsResourceProvider, OS",
    "instrumentation.resources.ProcessResourceProvider, PROCESS",
    "instrumentation.resources.ProcessRuntimeResourceProvider, PROCESS_RUNTIME",
    "instrumentation.resources.JarServiceNameDetector, JAR_NAME",
    "instrumentation.resources.ManifestResourceProvider, MANIFEST",
    "contrib.resourceproviders.AppServerServiceNameProvider, WEB_APPLICATION",
    "instrumentation.spring.resources.SpringBootServiceNameDetector, SPRING_NAME",
    "instrumentation.spring.resources.SpringBootServiceVersionDetector, SPRING_VERSION",
    "javaagent.tooling.DistroVersionResourceProvider, DISTRIBUTION",
    "sdk.autoconfigure.EnvironmentResourceProvider, KUBERNETES",
    "sdk.extension.incubator.resources.ServiceInstanceIdResourceProvider, INSTANCE_ID",
  })
  void resourceProviderOfOpenTelemetryHasItsGroup(String name, ResourceGroup group) {
    AgentConfig config =
        loadWith(Map.of("OTEL_JAVA_DISABLED_RESOURCE_PROVIDERS", "io.opentelemetry." + name));

    assertThat(config.resource().groups()).doesNotContain(group).hasSize(13);
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void cloudsAreNotAsked() {
    environment.put("OTEL_RESOURCE_PROVIDERS_AWS_ENABLED", "true");
    environment.put("OTEL_RESOURCE_PROVIDERS_GCP_ENABLED", "false");

    assertThat(load(null).warnings())
        .containsExactly(
            "environment variable OTEL_RESOURCE_PROVIDERS_AWS_ENABLED: no cloud is asked over the"
                + " network; set OTEL_RESOURCE_ATTRIBUTES (such as"
                + " cloud.provider=aws,cloud.region=eu-west-1), or let the collector's"
                + " resourcedetection processor ask");
  }

  @Test
  void logIsSwitchedOffByItsKind() {
    environment.put("OTEL_JAVAAGENT_LOGGING", "none");
    environment.put("OTEL_JAVAAGENT_DEBUG", "true");

    AgentConfig none = load(null);
    assertThat(none.logging().level()).isEqualTo("off");
    assertThat(none.settings().get("logging.level"))
        .hasToString("logging.level = off (environment variable OTEL_JAVAAGENT_LOGGING)");
    assertThat(none.warnings()).isEmpty();
    assertThat(loadWith(Map.of("OTEL_JAVAAGENT_LOGGING", "none")).logging().level())
        .isEqualTo("off");
    assertThat(load("logging.level=warn;otel.javaagent.debug=false").logging().level())
        .isEqualTo("warn");
  }

  @Test
  void logOfTheApplicationIsNotWrittenTo() {
    AgentConfig config = loadWith(Map.of("OTEL_JAVAAGENT_LOGGING", "Application"));

    assertThat(config.logging().level()).isEqualTo("info");
    assertThat(config.warnings())
        .containsExactly(
            "environment variable OTEL_JAVAAGENT_LOGGING: the agent does not write to the"
                + " application's log; this counts as simple; set logging.output to say where its"
                + " own log goes");
    assertThat(loadWith(Map.of("OTEL_JAVAAGENT_LOGGING", "simple")).warnings()).isEmpty();
  }

  private AgentConfig load(@Nullable String agentArguments) {
    return AgentConfigLoader.load(agentArguments, properties, environment);
  }

  private static AgentConfig loadWith(Map<String, String> environment) {
    return AgentConfigLoader.load(null, new Properties(), environment);
  }
}
