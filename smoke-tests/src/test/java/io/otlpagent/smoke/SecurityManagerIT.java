package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Under a security manager whose policy does not mention the agent: the application may what it may
 * without the agent, no more and no less, and is traced.
 */
final class SecurityManagerIT {

  @TempDir private Path folder;

  /** The last Java with security managers is 23. */
  static Stream<JavaHome> homes() {
    return Jdks.all().stream().filter(home -> home.feature() < 24);
  }

  static Stream<Arguments> runs() {
    return homes()
        .flatMap(
            home -> Stream.of("jvm", "policy", "own").map(manager -> Arguments.of(home, manager)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  void guardedApplicationBehavesTheSameAndIsTraced(JavaHome home, String manager) throws Exception {
    boolean ofJvm = manager.equals("jvm");
    List<String> options = new ArrayList<>(policy());
    if (ofJvm) {
      options.add("-Djava.security.manager");
    } else if (home.feature() >= 17) {
      options.add("-Djava.security.manager=allow");
    }
    String classPath = Programs.compile("guarded", "guarded", 8, false, Programs.databases());
    String[] program =
        ofJvm
            ? new String[] {"-cp", classPath, "GuardedShop"}
            : new String[] {"-cp", classPath, "GuardedShop", manager};
    try (Receiver receiver = new Receiver();
        AgentProcess plain =
            new AgentProcess(new JavaCommand(home).options(options).program(program));
        AgentProcess traced =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .options(options)
                    .program(program))) {
      plain.awaitEnd();
      traced.awaitEnd();

      assertThat(traced.out()).as("%s", traced).isEqualTo(plain.out()).contains("guarded true");
      assertThat(traced.exitCode()).isEqualTo(plain.exitCode()).isEqualTo(7);
      assertThat(said(traced)).isEqualTo(said(plain));
      assertThat(traced.err()).contains("lost 0").doesNotContain("errors in advice");
      int gets = ofJvm ? 2 : 3;
      List<String> expected = new ArrayList<>(List.of("CLIENT create table orders"));
      expected.addAll(List.of("CLIENT insert orders", "CLIENT select nowhere"));
      expected.addAll(List.of("CLIENT create", "CLIENT call later"));
      for (int i = 0; i < gets; i++) {
        expected.add("CLIENT GET");
      }
      assertThat(receiver.awaitShapes(expected.size()))
          .containsExactlyInAnyOrderElementsOf(expected);
      receiver.assertSound();
    }
  }

  @ParameterizedTest
  @MethodSource("homes")
  void whereEvenThatIsForbiddenTheApplicationRunsAndOneLineSaysWhatToGrant(JavaHome home)
      throws Exception {
    String classPath = Programs.compile("guarded", "guarded", 8, false, Programs.databases());
    try (AgentProcess process =
        new AgentProcess(
            AgentProcess.underAgent(home, "http://127.0.0.1:1")
                .option("-Djava.security.manager=RefusesAll")
                .program("-cp", classPath, "RefusesAll"))) {
      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isZero();
      assertThat(process.out()).isEqualTo("guarded true" + System.lineSeparator());
      assertThat(said(process).lines())
          .singleElement()
          .asString()
          .contains("otlp-agent: not started", "java.security.AllPermission");
    }
  }

  /** Standard error, but the agent's log and what the JVM itself says of security managers. */
  private static String said(AgentProcess process) {
    return String.join(
        "\n",
        process
            .err()
            .lines()
            .filter(line -> !line.startsWith("{"))
            .filter(line -> !line.startsWith("WARNING: ") && !line.contains("VM warning: Sharing"))
            .toList());
  }

  private List<String> policy() throws IOException {
    Path policy = folder.resolve("guarded.policy");
    try (var resource = SecurityManagerIT.class.getResourceAsStream("/guarded.policy")) {
      Files.copy(resource, policy);
    }
    return List.of(
        "-Djava.security.policy==" + policy,
        "-Dprogram.classes=" + System.getProperty("program.classes"),
        "-Dserver.libraries=" + System.getProperty("server.libraries"));
  }
}
