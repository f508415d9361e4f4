package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is called first where the stack ends is traced later, and works as without the agent. */
final class DeepStackIT {

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#all")
  void queriesAfterAFullStackAreTraced(JavaHome home) throws Exception {
    List<Path> databases = home.feature() == 8 ? Programs.databases() : Programs.h2();
    String classPath = Programs.compile("deep", "deep", 8, false, databases);
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .program("-cp", classPath, "DeepCalls"))) {
      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isZero();
      assertThat(process.out().lines())
          .startsWith("deep 7")
          .endsWith(Collections.nCopies(5, "7").toArray(new String[0]));
      receiver.assertSound();
      List<ReceivedSpan> later =
          receiver.store().spans().stream()
              .filter(span -> span.attribute("db.query.text").contains("where id > ?"))
              .toList();
      assertThat(later).hasSize(5);
      assertThat(later).extracting(ReceivedSpan::parentId).containsOnly("");
    }
  }
}
