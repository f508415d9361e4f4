package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Output, exit code and exceptions of a program are the same with and without the agent. */
final class DifferentialIT {

  private static final String INPUT = "some lines\nfor the program\n".repeat(1000);

  private record Program(String main, int oldestJdk, String... options) {}

  private record Outcome(int exitCode, String out, String err) {}

  private static final List<Program> PROGRAMS =
      List.of(
          new Program("PrintsArguments", 8),
          new Program("ThrowsFromMain", 8),
          new Program("ExitsFromThread", 8),
          new Program("Halts", 8),
          new Program("ThrowsInExecutors", 8),
          new Program("ListensTwice", 8),
          new Program("SeesItsTasks", 8),
          new Program("RejectsTasks", 8),
          new Program("LoopsInHttpClient", 11),
          new Program("BringsItsLoaders", 8),
          new Program("ClosesItsPlugIns", 8),
          new Program("FailsInJdbc", 8),
          new Program(
              "FailsInJdbc",
              8,
              "-Dotlp.jdbc.query_parameters=true",
              "-Dotlp.jdbc.transactions=true"),
          new Program("ThrowsHostileErrors", 8),
          new Program("ReadsStandardInput", 8),
          new Program("LooksAtClasses", 8),
          new Program("LooksAround", 8),
          new Program(
              "BringsItsLogManager",
              8,
              "-Djava.util.logging.manager=BringsItsLogManager$Manager",
              "-Djava.util.logging.SimpleFormatter.format=%4$s %5$s%n"),
          new Program("TalksHttp", 8),
          new Program("TalksHttp2", 11));

  @TempDir private Path folder;

  static Stream<Arguments> programs() {
    return Jdks.some().stream()
        .flatMap(
            home ->
                PROGRAMS.stream()
                    .filter(program -> program.oldestJdk() <= home.feature())
                    .map(program -> Arguments.of(program.main(), home, program)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("programs")
  void programBehavesTheSame(String name, JavaHome home, Program program) throws Exception {
    boolean old = program.oldestJdk() < 11;
    String classPath =
        old
            ? Programs.compile("differential", "differential", 8, false, Programs.databases())
            : Programs.compile("differential11", "differential11", 11, false, List.of());

    compare(home, List.of(program.options()), "-cp", classPath, program.main(), "a b", "ü");
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void mainClassInModuleBehavesTheSame(JavaHome home) throws Exception {
    String path = Programs.compile("module/shop.module", "shop.module", 11, false, List.of());

    compare(home, List.of(), "-p", path, "-m", "shop.module/shop.InModule");
  }

  private void compare(JavaHome home, List<String> options, String... program) throws Exception {
    try (Receiver receiver = new Receiver()) {
      // Its own log is all that the agent may say; it goes elsewhere, that the rest can be
      // compared.
      String log = "-Dotlp.logging.output=" + folder.resolve("agent.log");
      JavaCommand plain = new JavaCommand(home).option(log).options(options).program(program);
      JavaCommand traced =
          AgentProcess.underAgent(home, receiver.endpoint())
              .option(log)
              .options(options)
              .program(program);

      assertThat(run(traced)).isEqualTo(run(plain));
      receiver.assertSound();
    }
  }

  private static Outcome run(JavaCommand command) throws Exception {
    try (AgentProcess process = new AgentProcess(command)) {
      process.input(INPUT).awaitEnd();
      return new Outcome(process.exitCode(), stable(process.out()), stable(process.err()));
    }
  }

  /** Line by line, that a failure shows where; object identities and lambda numbers differ. */
  private static String stable(String text) {
    List<String> lines = new ArrayList<>();
    text.lines()
        .map(line -> line.replaceAll("\\$\\$Lambda[$/\\w]*", "\\$\\$Lambda"))
        .map(line -> line.replaceAll("@[0-9a-f]{5,8}\\b", "@id"))
        .forEach(lines::add);
    return String.join("\n", lines);
  }
}
