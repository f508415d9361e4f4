package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JVMs that the agent cannot be put into, or only in part: the command says so, they go on. */
final class HardAttachIT {

  private static final String NOT_CHANGED = "  jdbc                     loaded before attach";

  /** Compiled once: a program that runs must not have its classes written anew. */
  private static final String PROGRAMS = Programs.compile("attach", "attach", 17, false, List.of());

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from17")
  void classThatAnotherAgentKeepsFromChangeIsNamed(JavaHome home) throws Exception {
    Path more = Path.of(Programs.compile("attachmore", "attachmore", 17, false, List.of()));
    JavaCommand command =
        usesDriver(home, "plain")
            .option("-javaagent:" + meddler() + "=" + more.resolve("AcmeDriver.class"));
    try (AgentProcess process = new AgentProcess(command)) {
      AgentCommand attach = attach(home, process);

      assertThat(attach.exitCode()).as("%s", attach).isZero();
      assertThat(attach.out())
          .contains("no spans of jdbc: its classes were loaded before the agent")
          .contains(NOT_CHANGED)
          .contains("AcmeDriver: the JVM refuses to change it: java.lang.Unsupported");
      await()
          .untilAsserted(
              () -> assertThat(process.err()).contains("cannot be changed; the last: AcmeDriver"));
      assertGoesOn(process);
    }
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from17")
  void hiddenClassIsNamed(JavaHome home) throws Exception {
    try (AgentProcess process = new AgentProcess(usesDriver(home, "hidden"))) {
      AgentCommand attach = attach(home, process);

      assertThat(attach.exitCode()).as("%s", attach).isZero();
      assertThat(attach.out())
          .contains(NOT_CHANGED)
          .contains("the JVM does not change such classes");
      assertGoesOn(process);
    }
  }

  @Test
  void classesOfAnExcludedLoaderStayAsTheyAre() throws Exception {
    JavaHome home = JavaHome.running();
    String excluded = "instrumentation.exclude_class_loaders=UsesDriver$Script*";
    try (AgentProcess with = new AgentProcess(usesDriver(home, "script"));
        AgentProcess without = new AgentProcess(usesDriver(home, "script"))) {
      assertThat(attach(home, with).out()).contains("  jdbc                     applied");
      assertThat(attach(home, without, excluded).out())
          .contains("is in JVM " + without.pid())
          .doesNotContain("  jdbc ");
      assertGoesOn(with);
      assertGoesOn(without);
    }
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from17")
  void jvmThatForbidsAgentsIsExplained(JavaHome home) throws Exception {
    JavaCommand command = usesDriver(home, "plain").option("-XX:-EnableDynamicAgentLoading");
    try (AgentProcess process = new AgentProcess(command)) {
      AgentCommand attach = attach(home, process);

      assertThat(attach.exitCode()).isEqualTo(1);
      assertThat(attach.err())
          .hasLineCount(1)
          .contains("was started with -XX:-EnableDynamicAgentLoading");
      assertGoesOn(process);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void stoppedJvmIsNotWaitedFor() throws Exception {
    JavaHome home = JavaHome.running();
    try (AgentProcess process = new AgentProcess(usesDriver(home, "plain"))) {
      process.awaitPort();
      signal("-STOP", process);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(stat(process)).contains(") T "));

      AgentCommand attach = attach(home, process);
      signal("-CONT", process);

      assertThat(attach.exitCode()).isEqualTo(1);
      assertThat(attach.err()).hasLineCount(1).contains("kill -CONT " + process.pid());
      assertGoesOn(process);
      assertThat(process.out()).doesNotContain("Full thread dump");
    }
  }

  private static void assertGoesOn(AgentProcess process) throws Exception {
    process.input("").awaitEnd();

    assertThat(process.exitCode()).as("%s", process).isZero();
    assertThat(process.out()).contains("asked for jdbc:acme:shop");
  }

  private static AgentCommand attach(JavaHome home, AgentProcess process, String... settings)
      throws IOException, InterruptedException {
    process.awaitPort();
    String[] words = new String[3 + settings.length];
    words[0] = "attach";
    words[1] = Long.toString(process.pid());
    words[2] = "server.port=0";
    System.arraycopy(settings, 0, words, 3, settings.length);
    return AgentCommand.run(home, words);
  }

  private static JavaCommand usesDriver(JavaHome home, String kind) {
    return new JavaCommand(home).program("-cp", PROGRAMS, "UsesDriver", kind);
  }

  private static Path stat(AgentProcess process) {
    return Path.of("/proc/" + process.pid() + "/stat");
  }

  private static void signal(String signal, AgentProcess process) throws Exception {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();

    assertThat(kill.waitFor()).isZero();
  }

  private Path meddler() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "Meddler");
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = folder.resolve("meddler.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("Meddler.class"));
      out.write(Files.readAllBytes(Path.of(PROGRAMS, "Meddler.class")));
    }
    return jar;
  }
}
