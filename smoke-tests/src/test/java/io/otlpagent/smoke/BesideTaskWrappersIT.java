package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another agent, in front of ours or behind it, wraps the tasks of the JDK's pools. */
final class BesideTaskWrappersIT {

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

  private static void check(JavaHome home, boolean inFront) throws Exception {
    String classPath = Programs.compile("wrapping", "wrapping", 8, false, Programs.databases());
    String wrapper = "-javaagent:" + Programs.server("agents").get(0);
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
