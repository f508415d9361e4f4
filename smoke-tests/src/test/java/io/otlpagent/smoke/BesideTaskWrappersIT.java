package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Another agent, in front of ours or behind it, wraps the tasks of the JDK's pools. */
final class BesideTaskWrappersIT {

  private static String alone = "";

  private static final String TTL = "transmittable-thread-local";

  /** Another agent traces the same program, and keeps to itself what it sees. */
  private enum Neighbour {
    TTL(BesideTaskWrappersIT.TTL),
    OPEN_TELEMETRY(
        "opentelemetry-javaagent",
        "-Dotel.traces.exporter=none",
        "-Dotel.metrics.exporter=none",
        "-Dotel.logs.exporter=none"),
    ELASTIC(
        "elastic-apm-agent",
        "-Delastic.apm.disable_send=true",
        "-Delastic.apm.central_config=false",
        "-Delastic.apm.cloud_provider=NONE",
        "-Delastic.apm.log_level=OFF",
        // It wraps only what is submitted in one of its transactions.
        "-Delastic.apm.trace_methods=SubmitsTasks#submits");

    private final String artifact;
    private final List<String> options;

    Neighbour(String artifact, String... options) {
      this.artifact = artifact;
      this.options = List.of(options);
    }
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#some")
  void spanReachesTheTaskThatAnAgentInFrontHasWrapped(JavaHome home) throws Exception {
    check(home, true);
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#some")
  void spanReachesTheTaskThatAnAgentBehindHasWrapped(JavaHome home) throws Exception {
    check(home, false);
  }

  @ParameterizedTest
  @EnumSource(Neighbour.class)
  void everyWayToSubmitKeepsTheSpanBehind(Neighbour other) throws Exception {
    checkEveryWay(other, true);
  }

  @ParameterizedTest
  @EnumSource(Neighbour.class)
  void everyWayToSubmitKeepsTheSpanInFrontOf(Neighbour other) throws Exception {
    checkEveryWay(other, false);
  }

  private static void checkEveryWay(Neighbour other, boolean inFront) throws Exception {
    String classPath = Programs.compile("wrapping", "wrapping", 8, false, Programs.databases());
    try (Receiver receiver = new Receiver()) {
      // The other agent reads the same variables: what is ours goes where only we look.
      String ours =
          "-javaagent:"
              + Programs.agent()
              + "=otlp.protocol=grpc;server.enabled=false;shutdown.timeout=30s;otel.traces.exporter=otlp"
              + ";otlp.endpoint="
              + receiver.endpoint();
      JavaCommand command = new JavaCommand(JavaHome.running()).options(other.options);
      command.option(inFront ? jar(other.artifact) : ours, inFront ? ours : jar(other.artifact));

      assertThat(run(command, classPath)).isEqualTo(alone(classPath));

      ReceivedSpan call =
          receiver
              .awaitTrace(30, span -> span.name().equalsIgnoreCase("call submits"))
              .tops()
              .get(0);
      List<ReceivedSpan> requests =
          receiver.store().spans().stream().filter(span -> span.name().equals("GET")).toList();
      assertThat(requests)
          .hasSize(58)
          .allMatch(
              span ->
                  span.attribute("url.full").contains("/in/")
                      ? span.parentId().equals(call.id())
                      : span.parentId().isEmpty());
      receiver.assertSound();
    }
  }

  /** What the program prints without any agent. */
  private static synchronized String alone(String classPath) throws Exception {
    if (alone.isEmpty()) {
      alone = run(new JavaCommand(JavaHome.running()), classPath);
      assertThat(alone).contains("/in/combine");
    }
    return alone;
  }

  private static String run(JavaCommand command, String classPath) throws Exception {
    try (AgentProcess process =
        new AgentProcess(command.program("-cp", classPath, "SubmitsTasks"))) {
      process.awaitEnd();
      assertThat(process.exitCode()).as("%s", process).isZero();
      return process.out();
    }
  }

  private static String jar(String artifact) {
    return "-javaagent:"
        + Programs.server("agents").stream()
            .filter(jar -> jar.getFileName().toString().startsWith(artifact))
            .findFirst()
            .orElseThrow();
  }

  private static void check(JavaHome home, boolean inFront) throws Exception {
    String classPath = Programs.compile("wrapping", "wrapping", 8, false, Programs.databases());
    String wrapper = jar(TTL);
    try (Receiver receiver = new Receiver()) {
      JavaCommand command =
          new JavaCommand(home).environment(AgentProcess.environment(receiver.endpoint()));
      String ours = "-javaagent:" + Programs.agent();
      command.option(inFront ? wrapper : ours, inFront ? ours : wrapper);
      try (AgentProcess process =
          new AgentProcess(command.program("-cp", classPath, "WrapsTasks"))) {
        process.awaitEnd();

        assertThat(process.exitCode()).as("%s", process).isZero();
        if (home.feature() <= 21) {
          assertThat(process.out()).contains("queued com.alibaba.ttl.TtlRunnable");
        }
      }
      ReceivedSpan call =
          receiver
              .awaitTrace(5, span -> span.name().equalsIgnoreCase("call submits"))
              .tops()
              .get(0);
      List<ReceivedSpan> requests =
          receiver.store().spans().stream().filter(span -> span.name().equals("GET")).toList();
      assertThat(requests).hasSize(4).allMatch(span -> span.parentId().equals(call.id()));
      receiver.assertSound();
    }
  }
}
