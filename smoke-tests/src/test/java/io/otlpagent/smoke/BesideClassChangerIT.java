package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another agent changes all classes with Javassist, ours among them. */
final class BesideClassChangerIT {

  private static final String NAME = "ChangesAllClasses";

  /** With or without an agent around it, it has a method for a type that is not in its jars. */
  private static final String INCOMPLETE = "io/otlpagent/shaded/grpc/okhttp/OkHttpChannelBuilder";

  private static final Pattern REFUSAL = Pattern.compile("SEVERE: (io/otlpagent/\\S+) of ");

  @TempDir private Path folder;

  @Test
  void agentInFrontChangesOurClasses() throws Exception {
    check("-javaagent:" + changer(), "-javaagent:" + Programs.agent());
  }

  @Test
  void agentBehindChangesAllOurClasses() throws Exception {
    check("-javaagent:" + Programs.agent(), "-javaagent:" + changer() + "=again");
  }

  private static void check(String first, String second) throws Exception {
    String classPath = Programs.compile("wrapping", "wrapping", 8, false, Programs.databases());
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                new JavaCommand(JavaHome.running())
                    .environment(AgentProcess.environment(receiver.endpoint()))
                    // Javassist takes its time with the classes of the first export.
                    .environment(Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "60000"))
                    .option(first, second)
                    .program("-cp", classPath, "WrapsTasks"))) {
      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isZero();
      assertThat(process.err())
          .containsPattern("changed [1-9][0-9]{2,} of them")
          .doesNotContain("\"WARN\"", "\"ERROR\"")
          .satisfies(err -> assertThat(refusals(err)).isSubsetOf(INCOMPLETE));
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

  /** The classes of ours that the other agent could not change. */
  private static List<String> refusals(String err) {
    return REFUSAL.matcher(err).results().map(match -> match.group(1)).toList();
  }

  /** The library stands beside the agent's own class in its class path. */
  private Path changer() throws Exception {
    List<Path> javassist = Programs.server("javassist");
    String classes = Programs.compile("changing", "changing", 8, false, javassist);
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.CLASS_PATH, javassist.get(0).toUri().toString());
    attributes.put(new Attributes.Name("Premain-Class"), NAME);
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    Path jar = folder.resolve("changer.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry(NAME + ".class"));
      String ofProgram = classes.split(java.io.File.pathSeparator, 2)[0];
      Files.copy(Path.of(ofProgram, NAME + ".class"), out);
    }
    return jar;
  }
}
