package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcOptionsTest {

  @Test
  void nothingIsAskedForByDefault() {
    assertThat(options("", Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc.query_parameters, OTEL_INSTRUMENTATION_JDBC_EXPERIMENTAL_CAPTURE_QUERY_PARAMETERS",
    "jdbc.transactions, OTEL_INSTRUMENTATION_JDBC_EXPERIMENTAL_TRANSACTION_ENABLED",
    "jdbc.sqlcommenter, OTEL_INSTRUMENTATION_JDBC_EXPERIMENTAL_SQLCOMMENTER_ENABLED",
  })
  void optionHasTwoNames(String key, String variable) {
    assertThat(options(key + "=true", Map.of())).containsExactly(key);
    assertThat(options("", Map.of(variable, "true"))).containsExactly(key);
    assertThat(options(key + "=false", Map.of(variable, "true"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc.query_parameters", "jdbc.transactions", "jdbc.sqlcommenter"})
  void optionNeedsARestart(String key) {
    assertThat(AllKeys.live(key)).isFalse();
  }

  @Test
  void optionIsNotTheSwitchOfALibrary() {
    AgentConfig config =
        AgentConfigLoader.load(
            null,
            new Properties(),
            Map.of(
                "OTEL_INSTRUMENTATION_JDBC_EXPERIMENTAL_CAPTURE_QUERY_PARAMETERS", "yes",
                "OTEL_INSTRUMENTATION_JDBC_ENABLED", "true"));

    assertThat(config.instrumentation().options()).isEmpty();
    assertThat(config.instrumentation().enabled("jdbc", "jdbc")).isTrue();
    assertThat(config.warnings())
        .singleElement()
        .asString()
        .contains("CAPTURE_QUERY_PARAMETERS", "yes");
  }

  private static Set<String> options(String agentArguments, Map<String, String> environment) {
    return AgentConfigLoader.load(agentArguments, new Properties(), environment)
        .instrumentation()
        .options();
  }
}
