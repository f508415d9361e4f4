package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.benchmark.AttachRun;
import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in a JVM that is serving requests. */
final class AttachIT {

  private static final int SECONDS = 2;

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from17")
  void tomcatUnderLoadLosesNoRequest(JavaHome home) throws Exception {
    try (AgentProcess process = new AgentProcess(tomcat(home))) {
      int port = process.awaitPort();

      AttachRun run =
          AttachRun.of(home, Programs.agent(), process.process(), port, "/hello", SECONDS);

      System.out.println("attach, Tomcat on " + home + ": " + run);
      assertThat(run.failures()).isEmpty();
      assertThat(run.report()).contains("servlet-jakarta-5.0      applied");
      assertThat(process.err()).doesNotContain("\tat ", "\"ERROR\"");
    }
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from17")
  void shopUnderLoadLosesNoRequest(JavaHome home) throws Exception {
    int port = Http.freePort();
    JavaCommand shop =
        new JavaCommand(home).program("-jar", Programs.shop().toString(), "--server.port=" + port);
    try (AgentProcess process = new AgentProcess(shop)) {
      Http.awaitStatus(port, "/products/1", 200, process.process());

      AttachRun run =
          AttachRun.of(home, Programs.agent(), process.process(), port, "/products/1", SECONDS);

      System.out.println("attach, shop on " + home + ": " + run);
      assertThat(run.failures()).isEmpty();
      assertThat(run.report())
          .contains(
              "servlet-jakarta-5.0      applied",
              "jdbc                     applied",
              "spring-webmvc-3.1        applied",
              "java-http-client-11      applied");
    }
  }

  @Test
  void secondAttachIsRefused() throws Exception {
    JavaHome home = JavaHome.running();
    try (AgentProcess process = new AgentProcess(waits(home))) {
      process.awaitPort();
      String pid = Long.toString(process.pid());

      AgentCommand first = AgentCommand.run(home, "attach", pid, "server.port=0");
      AgentCommand second = AgentCommand.run(home, "attach", pid);

      assertThat(first.exitCode()).as("%s", first).isZero();
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err()).contains("already has otlp-agent");
    }
  }

  @Test
  void jvmThatForbidsAttachingIsLeftAloneAndExplained() throws Exception {
    JavaHome home = JavaHome.running();
    JavaCommand command = waits(home).option("-XX:+DisableAttachMechanism");
    try (AgentProcess process = new AgentProcess(command)) {
      process.awaitPort();

      AgentCommand attach = AgentCommand.run(home, "attach", Long.toString(process.pid()));

      assertThat(attach.exitCode()).isEqualTo(1);
      assertThat(attach.err()).contains("-XX:+DisableAttachMechanism");
      assertThat(process.out()).doesNotContain("Full thread dump");
    }
  }

  @Test
  void processThatIsNoJvmIsLeftAlone() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      AgentCommand attach =
          AgentCommand.run(JavaHome.running(), "attach", Long.toString(other.pid()));

      assertThat(attach.exitCode()).isEqualTo(1);
      assertThat(attach.err()).contains("is no JVM");
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroy();
    }
  }

  @Test
  void agentOfTheCommandsOwnJvmStaysOut() throws Exception {
    JavaHome home = JavaHome.running();

    AgentCommand version =
        AgentCommand.run(
            home, Map.of("JAVA_TOOL_OPTIONS", "-javaagent:" + Programs.agent()), "version");

    assertThat(version.exitCode()).isZero();
    assertThat(version.err()).doesNotContain("StartReport");
  }

  private static JavaCommand tomcat(JavaHome home) throws IOException {
    String classPath =
        Programs.compile(
            "servers/tomcat", "tomcat-10.1", 11, false, Programs.server("tomcat-10.1"));
    return new JavaCommand(home).program("-cp", classPath, "TomcatServer", "/hello");
  }

  private static JavaCommand waits(JavaHome home) {
    String classPath = Programs.compile("doctor", "doctor", 11, false, List.of());
    return new JavaCommand(home).program("-cp", classPath, "Waits");
  }
}
