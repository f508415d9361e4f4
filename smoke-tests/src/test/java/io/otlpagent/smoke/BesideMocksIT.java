package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that mock or spy the database see the calls that they see without the agent. */
final class BesideMocksIT {

  @Test
  void mocksAndSpiesAreNotCalledByTheAgent() throws Exception {
    List<Path> libraries = new ArrayList<>(Programs.server("mocks"));
    libraries.addAll(Programs.databases());
    String classPath = Programs.compile("mocks", "mocks", 11, false, libraries);
    JavaHome home = JavaHome.running();
    try (Receiver receiver = new Receiver()) {
      String alone = run(new JavaCommand(home), classPath);
      String traced = run(AgentProcess.underAgent(home, receiver.endpoint()), classPath);

      assertThat(traced).isEqualTo(alone).contains("mock-maker-inline: spy of the driver ok");
    }
  }

  private static String run(JavaCommand command, String classPath) throws Exception {
    try (AgentProcess process =
        new AgentProcess(command.program("-cp", classPath, "MocksDatabases"))) {
      process.awaitEnd();
      assertThat(process.exitCode()).as("%s", process).isZero();
      return process.out();
    }
  }
}
