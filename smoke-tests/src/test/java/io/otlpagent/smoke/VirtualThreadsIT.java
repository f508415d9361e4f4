package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which threads begin with the span that they are started in, and which do not. */
final class VirtualThreadsIT {

  private static final int BELONG = 22;
  private static final int FREE = 5;

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from21")
  void threadsOfATaskBelongToTheRequestThatStartsThem(JavaHome home) throws Exception {
    String classPath = Programs.compile("threads", "threads", 11, false, Programs.databases());
    try (Receiver receiver = new Receiver()) {
      JavaCommand traced = AgentProcess.underAgent(home, receiver.endpoint());

      assertThat(run(traced, classPath)).isEqualTo(run(new JavaCommand(home), classPath));

      ReceivedSpan call =
          receiver
              .awaitTrace(1 + BELONG, span -> span.name().equalsIgnoreCase("call starts"))
              .tops()
              .get(0);
      List<ReceivedSpan> requests =
          receiver.store().spans().stream().filter(span -> span.name().equals("GET")).toList();
      assertThat(requests)
          .hasSize(BELONG + FREE)
          .allMatch(
              span ->
                  span.attribute("url.full").contains("/in/")
                      ? span.parentId().equals(call.id())
                      : span.parentId().isEmpty());
      receiver.assertSound();
    }
  }

  private static String run(JavaCommand command, String classPath) throws Exception {
    command.option("--enable-preview").program("-cp", classPath, "StartsThreads");
    try (AgentProcess process = new AgentProcess(command)) {
      process.awaitEnd();
      assertThat(process.exitCode()).as("%s", process).isZero();
      return process.out();
    }
  }
}
