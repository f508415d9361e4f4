package io.otlpagent.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchFindingsTest {

  @Test
  void cleanStartHasNoFinding() {
    assertThat(findings(List.of("-javaagent:/opt/otlp-agent.jar", "-Xmx1g"), "app.jar --port 80"))
        .isEmpty();
  }

  @Test
  void settingAfterTheProgramIsAnError() {
    List<Finding> findings =
        findings(List.of(), "app.jar -Dotel.service.name=shop -Xmx2g --port=80");

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.ERROR);
    assertThat(findings.get(0).what())
        .isEqualTo("-Dotel.service.name=... -Xmx2g are after the program");
    assertThat(findings.get(0).fix()).contains("-jar app.jar");
  }

  @Test
  void otherOptionAfterTheProgramIsAWarning() {
    List<Finding> findings = findings(List.of(), "app.jar -Dfoo=bar");

    assertThat(findings).extracting(Finding::severity).containsExactly(Finding.Severity.WARNING);
  }

  @Test
  void argumentsOfTheProgramAreItsOwn() {
    assertThat(LaunchFindings.misplaced("app.jar -d -D -v --Dx -X -p 80")).isEmpty();
  }

  @Test
  void secondAgentIsNamed() {
    List<Finding> findings =
        findings(
            List.of("-javaagent:otlp-agent.jar", "-javaagent:/dd/dd-java-agent.jar=x"), "app.jar");

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).what())
        .isEqualTo("a second agent is loaded: Datadog (/dd/dd-java-agent.jar)");
  }

  @Test
  void oneAgentTwiceIsNamed() {
    List<Finding> findings =
        findings(
            List.of("-javaagent:otlp-agent.jar", "-javaagent:/opt/otlp-agent-0.1.0.jar"),
            "app.jar");

    assertThat(findings)
        .extracting(Finding::what)
        .containsExactly("2 -javaagent options load otlp-agent");
  }

  @Test
  void debuggerAndCoverageAreNoSecondAgent() {
    assertThat(
            findings(
                List.of("-agentlib:jdwp=transport=dt_socket", "-javaagent:jacocoagent.jar"),
                "app.jar"))
        .isEmpty();
  }

  @Test
  void settingsOfOtherProductsAreExplainedWithoutTheirValues() {
    List<Finding> findings =
        LaunchFindings.of(
            new LaunchFacts(
                List.of(),
                "app.jar",
                Map.of(
                    "DD_SERVICE", "shop", "NEW_RELIC_LICENSE_KEY", "secret-0815", "SW_HOME", "x")));

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.INFO);
    assertThat(findings.get(0).what())
        .isEqualTo(
            "settings of other products' agents are present: DD_SERVICE, NEW_RELIC_LICENSE_KEY");
    assertThat(findings.get(0).fix())
        .isEqualTo("set here: service.name for DD_SERVICE, otlp.headers for NEW_RELIC_LICENSE_KEY");
  }

  private static List<Finding> findings(List<String> options, String command) {
    return LaunchFindings.of(new LaunchFacts(options, command, Map.of()));
  }
}
