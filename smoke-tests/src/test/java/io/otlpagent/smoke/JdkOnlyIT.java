package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JdkOnlyIT {

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void everyCallOfBothClientsIsSpanThatTheServerHearsOf(JavaHome home) throws Exception {
    String classPath = Programs.compile("jdk", "jdk", 11, false, List.of());
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .program("-cp", classPath, "JdkOnly"))) {
      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isZero();
      assertThat(receiver.awaitShapes(4)).containsOnly("CLIENT GET");
      receiver.assertSound();
      assertThat(process.out().lines())
          .extracting(line -> line.substring(line.indexOf(' ') + 1))
          .containsExactlyInAnyOrderElementsOf(
              receiver.store().spans().stream().map(JdkOnlyIT::traceParent).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void spansHoldWhatTheOperatorWantsOfBothClients(JavaHome home) throws Exception {
    String classPath = Programs.compile("jdk", "jdk", 11, false, List.of());
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .environment(
                        Map.of(
                            "OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_REQUEST_HEADERS",
                            "Traceparent",
                            "OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_RESPONSE_HEADERS",
                            "Content-Length",
                            "OTEL_INSTRUMENTATION_HTTP_CLIENT_EMIT_EXPERIMENTAL_TELEMETRY",
                            "true",
                            "OTEL_INSTRUMENTATION_COMMON_PEER_SERVICE_MAPPING",
                            "127.0.0.1=itself"))
                    .program("-cp", classPath, "JdkOnly"))) {
      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isZero();
      assertThat(receiver.awaitShapes(4)).containsOnly("CLIENT GET");
      receiver.assertSound();
      for (ReceivedSpan span : receiver.store().spans()) {
        assertThat(span.attributes())
            .containsEntry("http.request.header.traceparent", "[" + traceParent(span) + "]")
            .containsEntry("http.response.header.content-length", "[55]")
            .containsEntry("http.response.body.size", "55")
            .containsEntry("peer.service", "itself");
      }
    }
  }

  private static String traceParent(ReceivedSpan span) {
    return "00-" + span.traceId() + "-" + span.id() + "-03";
  }
}
