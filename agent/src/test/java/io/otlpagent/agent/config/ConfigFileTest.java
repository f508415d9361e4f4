package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.otlpagent.agent.config.value.FileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("NAME", "value", "EMPTY", "");

  @TempDir Path directory;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void wholeFileIsRead() throws IOException {
    AgentConfig config =
        loadFile(
            """
            server:
              enabled: true
              host: 0.0.0.0
              port: 9465
              ready:
                require: [collector, redis]
                probes: {redis: "redis://cache:6379", shop: "http://shop:80/a?b=c,d"}
            otlp:
              endpoint: http://collector:4318
              headers: {api-key: "a=b,c%d"}
              timeout: 3s
              tls: {ca_file: "", cert_file: "", key_file: ""}
              retry: {max_retries: 1, initial_delay: 50ms, max_delay: 1m, multiplier: 3}
            batch:
              max_size: 100
            metrics: {enabled: false, port: 9466, path: /m}
            logging: {level: error, format: text, output: /tmp/x.log}
            service: {name: shop, namespace: n, version: 1.10}
            resource: {attributes: {k8s.pod.name: "p-1", team: a}}
            propagators: [tracecontext]
            sampling: {sampler: traceidratio, ratio: 0.5}
            instrumentation: {default_enabled: false, disabled: [jdbc], enabled: [servlet]}
            redaction: {query_keys: [pin], sql_literals: false}
            http: {server: {trust_forwarded_headers: false}}
            """);

    assertThat(config.warnings()).isEmpty();
    assertThat(config.server().host()).isEqualTo("0.0.0.0");
    assertThat(config.server().port()).isEqualTo(9465);
    assertThat(config.server().readyRequire()).containsExactly("collector", "redis");
    assertThat(config.server().readyProbes())
        .containsEntry("redis", "redis://cache:6379")
        .containsEntry("shop", "http://shop:80/a?b=c,d");
    assertThat(config.otlp().grpc()).isFalse();
    assertThat(config.otlp().headers()).containsExactly(Map.entry("api-key", "a=b,c%d"));
    assertThat(config.otlp().retry().multiplier()).isEqualTo(3.0);
    assertThat(config.batch().maxSize()).isEqualTo(100);
    assertThat(config.server().metricsEnabled()).isFalse();
    assertThat(config.server().metricsPort()).isEqualTo(9466);
    assertThat(config.logging().format()).isEqualTo("text");
    assertThat(config.resource().serviceVersion()).isEqualTo("1.10");
    assertThat(config.resource().attributes())
        .containsEntry("k8s.pod.name", "p-1")
        .containsEntry("team", "a");
    assertThat(config.tracing().sampler().description()).startsWith("traceidratio{0.5}");
    assertThat(config.instrumentation().enabled("jdbc", "jdbc-4.0")).isFalse();
    assertThat(config.instrumentation().enabled("servlet", "servlet-3.0")).isTrue();
    assertThat(config.instrumentation().semconvSettings().sanitizeSqlLiterals()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "${NAME},                 value",
    "${env:NAME},             value",
    "a-${NAME}-b,             a-value-b",
    "${NAME}${NAME},          valuevalue",
    "${MISSING:-other},       other",
    "${env:MISSING:-http://x:1}, http://x:1",
    "${EMPTY:-other},         other",
    "${MISSING},              ''",
    "$${NAME},                ${NAME}",
    "5$,                      5$",
    "$NAME,                   $NAME",
  })
  void variablesAreSubstituted(String text, String expected) {
    Map<String, String> values =
        ConfigFile.parse("f", "service: {name: '" + text + "'}", ENVIRONMENT, warnings);

    assertThat(values).containsEntry("service.name", expected);
    assertThat(warnings).isEmpty();
  }

  @Test
  void substitutionHappensInListsAndMapsToo() {
    Map<String, String> values =
        ConfigFile.parse(
            "f",
            "propagators: ['${NAME}', x]\nresource: {attributes: {k: '${NAME}'}}",
            ENVIRONMENT,
            warnings);

    assertThat(values)
        .containsEntry("propagators", "value,x")
        .containsEntry("resource.attributes", "k=value");
  }

  @Test
  void substitutedTextIsNotReadAsYaml() {
    Map<String, String> values =
        ConfigFile.parse(
            "f",
            "service: {name: '${EVIL}'}",
            Map.of("EVIL", "x\nserver: {enabled: false}"),
            warnings);

    assertThat(values).containsOnlyKeys("service.name");
  }

  @Test
  void openVariableIsAWarning() {
    ConfigFile.parse("f", "service: {name: '${NAME'}", ENVIRONMENT, warnings);

    assertThat(warnings)
        .containsExactly(
            "config file f: service.name: '${' without '}' stays as it is; write $${ where it is"
                + " meant");
  }

  @Test
  void syntaxErrorNamesTheLine() {
    Map<String, String> values = ConfigFile.parse("f", "a: 1\nb: [1\nc: 2", Map.of(), warnings);

    assertThat(values).isEmpty();
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("config file f is ignored: YAML error in line 3");
  }

  @Test
  void duplicateKeyIsAnError() {
    ConfigFile.parse("f", "a: 1\na: 2", Map.of(), warnings);

    assertThat(warnings).singleElement().asString().contains("duplicate key");
  }

  @Test
  void aliasBombIsAnErrorAndNothingWorse() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 60; i++) {
      String previous = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(previous).append(" ,").append(previous).append(" ]\n");
    }

    ConfigFile.parse("f", bomb.toString(), Map.of(), warnings);

    assertThat(warnings).isNotEmpty();
  }

  @Test
  void scalarFileIsAWarning() {
    assertThat(ConfigFile.parse("f", "hello", Map.of(), warnings)).isEmpty();
    assertThat(warnings)
        .containsExactly("config file f is ignored: it must consist of key: value lines");
  }

  @Test
  void emptyFileIsFine() {
    assertThat(ConfigFile.parse("f", "# nothing\n", Map.of(), warnings)).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void nestedValueWhereAPlainOneBelongsIsAWarning() {
    ConfigFile.parse("f", "otlp: {headers: {a: {b: c}}}\npropagators: [[x]]", Map.of(), warnings);

    assertThat(warnings)
        .containsExactly(
            "config file f: otlp.headers.a must be a single value",
            "config file f: propagators must be a list of single values");
  }

  @Test
  void missingFileIsOneWarning() {
    Properties properties = new Properties();
    properties.setProperty("otlp.agent.config", "/does/not/exist.yaml");

    AgentConfig config = AgentConfigLoader.load(null, properties, Map.of());

    assertThat(config.warnings())
        .singleElement()
        .asString()
        .startsWith("config file /does/not/exist.yaml is ignored: it cannot be read: ");
  }

  @Test
  void hugeFileIsRefused() throws IOException {
    AgentConfig config = loadFile("#".repeat(FileText.MAX_BYTES + 1));

    assertThat(config.warnings()).singleElement().asString().contains("more than 1048576 bytes");
  }

  @Test
  void switchesForDebuggingAreRead() throws IOException {
    AgentConfig config = loadFile("debug: {tracing: true, profiling: true, dump_config: true}");

    assertThat(config.warnings()).isEmpty();
    assertThat(config.logging().pipelineTraced()).isTrue();
    assertThat(config.logging().dumpConfig()).isTrue();
    assertThat(config.instrumentation().profiled()).isTrue();
  }

  @Test
  void deeplyNestedFileIsRefused() throws IOException {
    AgentConfig config = loadFile("a: " + "[".repeat(200_000) + "]".repeat(200_000));

    assertThat(config.warnings()).singleElement().asString().contains("nested too deep");
  }

  @Test
  void manyOpenBracesTakeNoTimeToSpeakOf() {
    String text = "${".repeat(250_000);

    Map<String, String> values =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () ->
                ConfigFile.parse(
                    "f", "service: {name: '" + text + "'}", ENVIRONMENT, new HashSet<>()));

    assertThat(values).containsEntry("service.name", text);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void pipesAreRefusedAndNotWaitedFor() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Properties properties = new Properties();
    properties.setProperty("otlp.config.file", pipe.toString());
    properties.setProperty("otlp.headers_file", pipe.toString());
    properties.setProperty("otel.javaagent.configuration-file", pipe.toString());

    List<String> warnings =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> AgentConfigLoader.load(null, properties, Map.of()).warnings());

    assertThat(warnings)
        .hasSize(3)
        .allMatch(warning -> warning.contains("it is not a regular file"));
  }

  private AgentConfig loadFile(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    return AgentConfigLoader.load(
        null, new Properties(), Map.of("OTLP_AGENT_CONFIG", file().toString()));
  }

  private Path file() {
    return directory.resolve("config.yaml");
  }
}
