package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application wants the port of the agent's endpoint. */
final class PortConflictIT {

  private static final String LINE = "because the agent's own endpoint does; set server.port";

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#all")
  void oneLineSaysWhoseThePortIsThatAChannelCannotHave(JavaHome home) throws Exception {
    wantsTheAgentsPort(home, "channel");
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#all")
  void oneLineSaysWhoseThePortIsThatASocketCannotHave(JavaHome home) throws Exception {
    wantsTheAgentsPort(home, "socket");
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#all")
  void nothingIsSaidOfAPortOfSomebodyElse(JavaHome home) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      AgentProcess process = run(home, "channel", other.getLocalPort(), Http.freePort());

      assertThat(process.err()).contains("java.net.BindException").doesNotContain(LINE);
    }
  }

  private static void wantsTheAgentsPort(JavaHome home, String way) throws Exception {
    int port = Http.freePort();
    AgentProcess process = run(home, way, port, port);

    assertThat(process.exitCode()).as("%s", process).isEqualTo(1);
    assertThat(process.err())
        .contains("java.net.BindException: Address already in use")
        .containsOnlyOnce("could not listen on port " + port + " " + LINE);
  }

  private static AgentProcess run(JavaHome home, String way, int wanted, int agent)
      throws Exception {
    String classPath = Programs.compile("ports", "ports", 8, false, List.of());
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .option("-Dotlp.server.enabled=true")
                    .option("-Dotlp.server.port=" + agent)
                    .program("-cp", classPath, "WantsPort")
                    .program(way, Integer.toString(wanted)))) {
      return process.awaitEnd();
    }
  }
}
