package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What JDBC calls tell only if an operator asks for it, by OpenTelemetry's names. */
final class JdbcOptionsIT {

  private static final String PREFIX = "OTEL_INSTRUMENTATION_JDBC_EXPERIMENTAL_";

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void whatIsAskedForIsTold(JavaHome home) throws Exception {
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                program(home, receiver)
                    .environment(
                        Map.of(
                            PREFIX + "CAPTURE_QUERY_PARAMETERS", "true",
                            PREFIX + "TRANSACTION_ENABLED", "true",
                            PREFIX + "SQLCOMMENTER_ENABLED", "true")))) {
      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isZero();
      assertThat(span(receiver, "insert t").attribute("db.query.parameter.1")).isEqualTo("one");
      assertThat(span(receiver, "COMMIT more").attribute("db.operation.name")).isEqualTo("COMMIT");
      ReceivedSpan query = span(receiver, "select information_schema.sessions");
      assertThat(process.out())
          .contains("/*traceparent='00-" + query.traceId() + "-" + query.id() + "-");
      assertThat(query.attribute("db.query.text")).doesNotContain("traceparent");
      receiver.assertSound();
    }
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void nothingOfItIsToldOtherwise(JavaHome home) throws Exception {
    try (Receiver receiver = new Receiver();
        AgentProcess process = new AgentProcess(program(home, receiver))) {
      process.awaitEnd();

      assertThat(process.out()).contains("received=").doesNotContain("traceparent");
      assertThat(receiver.store().spans())
          .extracting(ReceivedSpan::name)
          .containsExactlyInAnyOrder(
              "create table t", "insert t", "select information_schema.sessions");
      assertThat(span(receiver, "insert t").attribute("db.query.parameter.1")).isEmpty();
    }
  }

  private static JavaCommand program(JavaHome home, Receiver receiver) {
    String classPath = Programs.compile("jdbc", "jdbc", 11, false, Programs.h2());
    return AgentProcess.underAgent(home, receiver.endpoint())
        .program("-cp", classPath, "AsksForMore");
  }

  private static ReceivedSpan span(Receiver receiver, String name) {
    assertThat(receiver.store().spans()).extracting(ReceivedSpan::name).containsOnlyOnce(name);
    return receiver.store().spans().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
