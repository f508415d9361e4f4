package io.otlpagent.agent.config.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.instrumentation.trace.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingConfigTest {

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void nothingIsHeldByDefault() {
    Sampler sampler = load(null).tracing().sampler();

    assertThat(sampler.description()).isEqualTo("parentbased_always_on");
    assertThat(sampler.tailRule()).isNull();
    assertThat(sampler.readsPath()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"always_on", "always_off", "parentbased_always_off"})
  void aConstantSamplerHoldsNothing(String name) {
    environment.put("OTEL_TRACES_SAMPLER", name);

    assertThat(load(null).tracing().sampler().tailRule()).isNull();
  }

  @Test
  void aRatioKeepsErrorsAndWhatIsSlow() {
    environment.put("OTEL_TRACES_SAMPLER", "parentbased_traceidratio");
    environment.put("OTEL_TRACES_SAMPLER_ARG", "0.1");

    assertThat(load(null).tracing().sampler().description())
        .isEqualTo(
            "parentbased_traceidratio{0.1}, keeping errors and what takes longer than 1000 ms, at"
                + " most 10.0 traces a second");

    environment.put("OTLP_SAMPLING_KEEP_ERRORS", "false");
    environment.put("OTLP_SAMPLING_KEEP_SLOWER_THAN", "0");
    assertThat(load(null).tracing().sampler().description())
        .isEqualTo("parentbased_traceidratio{0.1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xray", "jaeger_remote", "parentbased_jaeger_remote"})
  void samplerThatAsksAServerIsReplacedByTheDefault(String name) {
    environment.put("OTEL_TRACES_SAMPLER", name);
    environment.put("OTEL_TRACES_SAMPLER_ARG", "endpoint=http://localhost:14250");

    AgentConfig config = load(null);

    assertThat(config.tracing().sampler().description()).isEqualTo("parentbased_always_on");
    assertThat(config.settings().get("sampling.sampler"))
        .hasToString("sampling.sampler = parentbased_always_on (default)");
    assertThat(config.settings().get("sampling.ratio"))
        .hasToString("sampling.ratio = 1.0 (default)");
    assertThat(config.warnings())
        .containsExactly(
            "environment variable OTEL_TRACES_SAMPLER: '"
                + name
                + "' has a server decide, which this agent does not ask; the default"
                + " parentbased_always_on is used; write parentbased_traceidratio and a ratio, or"
                + " sampling.rules");
  }

  @Test
  void aSamplerThatThereIsNotIsAWarningAndTheDefault() {
    environment.put("OTEL_TRACES_SAMPLER", "sometimes");

    AgentConfig config = load(null);

    assertThat(config.tracing().sampler().description()).isEqualTo("parentbased_always_on");
    assertThat(config.warnings())
        .singleElement()
        .asString()
        .contains("OTEL_TRACES_SAMPLER", "'sometimes' is not one of", "is used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "-0.1", "NaN", "half"})
  void aRatioOutOfRangeIsAWarningAndAllAreSampled(String ratio) {
    environment.put("OTEL_TRACES_SAMPLER", "traceidratio");
    environment.put("OTEL_TRACES_SAMPLER_ARG", ratio);

    AgentConfig config = load(null);

    assertThat(config.tracing().sampler().description()).isEqualTo("traceidratio{1.0}");
    assertThat(config.warnings())
        .singleElement()
        .asString()
        .contains("OTEL_TRACES_SAMPLER_ARG", "'" + ratio + "' is not a number from 0 to 1");
  }

  @Test
  void aRatioThatNoSamplerTakesIsAWarning() {
    environment.put("OTEL_TRACES_SAMPLER_ARG", "0.1");

    assertThat(load(null).warnings()).singleElement().asString().contains("has no effect");
  }

  @Test
  void rulesFitOnOneLine() {
    AgentConfig config =
        load(
            "sampling.rules=route=/health ratio=0,"
                + " method=POST&route=/orders/{id}/**&ratio=0.5&limit=10, kind=client ratio=0.1"
                + ";sampling.max_per_second=100");

    assertThat(config.warnings()).isEmpty();
    assertThat(config.tracing().sampler().readsPath()).isTrue();
    assertThat(config.tracing().sampler().description())
        .startsWith("parentbased_always_on after 3 rules, at most 100.0 traces a second, keeping");
  }

  @Test
  void rulesAreAListInTheFile() throws IOException {
    AgentConfig config =
        file(
            """
            sampling:
              max_per_second: 5
              keep: {errors: false, slower_than: 500ms, max_spans_per_trace: 10, max_spans: 100}
              rules:
                - {method: GET, route: /health, ratio: 0}
                - route: /orders/${PART:-x}/**
                  limit: 0.5
                - kind=client ratio=0.1
            """);

    assertThat(config.warnings()).isEmpty();
    assertThat(config.tracing().sampler().description())
        .isEqualTo(
            "parentbased_always_on after 3 rules, at most 5.0 traces a second, keeping what takes"
                + " longer than 500 ms, at most 10.0 traces a second");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "route=health ratio=0|route 'health' must start with /",
        "ratio=0.5|it says not what it is for",
        "route=/a|it says not what to do",
        "route=/a ratio=2|ratio '2' must be a number from 0 to 1",
        "route=/a limit=0|limit 0 must be more than 0",
        "route=/a rate=0.5|'rate=0.5' is not understood",
        "route=/a ratio=|'ratio=' is not understood",
        "route=/a ratio=1 ratio=0|ratio is set twice",
        "kind=internal ratio=0|kind 'internal' must be server or client",
        "kind=client route=/a ratio=0|a route is that of a server",
      })
  void aRuleThatIsWrongIsNamedAndTheOthersStay(String rule, String problem) {
    AgentConfig config = load("sampling.rules=method=GET ratio=0.5," + rule + ",route=/b ratio=1");

    assertThat(config.warnings())
        .singleElement()
        .asString()
        .startsWith("agent argument sampling.rules: rule 2 '" + rule + "' is ignored: ")
        .contains(problem);
    assertThat(config.tracing().sampler().description()).contains("after 2 rules");
  }

  private AgentConfig load(String arguments) {
    return AgentConfigLoader.load(arguments, new Properties(), environment);
  }

  private AgentConfig file(String yaml) throws IOException {
    environment.put(
        "OTLP_CONFIG_FILE", Files.writeString(folder.resolve("config.yaml"), yaml).toString());
    return load(null);
  }
}
