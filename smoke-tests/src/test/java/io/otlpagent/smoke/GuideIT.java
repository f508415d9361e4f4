package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of the operations guide as they are written, beside a real collector. */
@Timeout(600)
final class GuideIT {

  /** Spans and exports come when they come, so commands are repeated until they print it. */
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private static final Path FOLDER = Path.of("..", "docker").toAbsolutePath().normalize();
  private static final List<Path> DOCUMENTS =
      List.of(FOLDER.resolve("README.md"), FOLDER.resolve("TROUBLESHOOTING.md"));
  private static final Pattern METRIC = Pattern.compile("`((?:otlp|http|db|jvm)_[a-z_]+)[{`]");

  @TempDir private static Path folder;

  private static final Map<String, GuideScenario> SCENARIOS = new HashMap<>();
  private static int grpc;
  private static int http;
  private static Collector collector;

  @AfterAll
  static void stopAll() throws InterruptedException {
    SCENARIOS.values().forEach(GuideScenario::close);
    if (collector != null) {
      collector.close();
    }
  }

  static List<GuideBlock> commands() throws IOException {
    return blocks().stream().filter(GuideBlock::runs).toList();
  }

  static List<GuideBlock> settings() throws IOException {
    return blocks().stream().filter(block -> !block.runs()).toList();
  }

  private static List<GuideBlock> blocks() throws IOException {
    List<GuideBlock> blocks = new ArrayList<>();
    for (Path document : DOCUMENTS) {
      List<GuideBlock> marked = GuideBlock.of(document);
      assertThat(marked)
          .as("blocks behind comments in %s", document)
          .hasSize(Files.readString(document).split("<!--", -1).length - 1)
          .isNotEmpty();
      blocks.addAll(marked);
    }
    return blocks;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandPrintsWhatGuideSays(GuideBlock block) throws Exception {
    Assumptions.assumeTrue(isThere(block.requires()), () -> "no " + block.requires());
    GuideScenario scenario = scenario(block.scenario());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              Path output = Files.createTempFile(folder, "output", ".txt");
              Process process =
                  scenario
                      .bash(FOLDER.getParent(), block.text())
                      .redirectOutput(output.toFile())
                      .start();
              boolean ended = process.waitFor(120, TimeUnit.SECONDS);
              process.destroyForcibly();
              assertThat(ended).as("%s ends", block).isTrue();
              String printed = Files.readString(output);
              assertThat(process.exitValue())
                  .as("%s: %s", block, printed)
                  .isEqualTo(block.exitCode());
              assertThat(block.missing(printed)).as("%s: %s", block, printed).isNull();
            });
  }

  @ParameterizedTest
  @MethodSource("settings")
  void fileOfSettingsIsValid(GuideBlock block) throws Exception {
    Path file = Files.writeString(folder.resolve("config.yaml"), block.text());

    AgentCommand validate = AgentCommand.run(JavaHome.running(), "validate", file.toString());

    assertThat(validate.exitCode()).as("%s: %s", block, validate).isZero();
    assertThat(validate.out()).contains("0 errors, 0 warnings");
  }

  @Test
  void lineThatIsNotPrintedIsMissed() throws IOException {
    Path document = folder.resolve("guide.md");
    Files.writeString(
        document,
        "<!-- run queue-full if ss exit 1 -->\n```sh\nss\n```\n\n```text\nlost 7 of ... spans\nat  12.5 s\n```\n");
    GuideBlock block = GuideBlock.of(document).get(0);

    assertThat(block.missing("x\nlost 23 of its spans\n at 0.1 s\n")).isNull();
    assertThat(block.missing("at 0.1 s\nlost 23 of its spans\n")).isEqualTo("at  12.5 s");
    assertThat(block.missing("lost some of its spans\nat 0.1 s\n")).startsWith("lost 7");
    assertThat(block)
        .extracting(GuideBlock::scenario, GuideBlock::requires, GuideBlock::exitCode)
        .containsExactly("queue-full", "ss", 1);
  }

  @Test
  void everyMetricOfGuideIsServed() throws Exception {
    Set<String> named = new TreeSet<>();
    for (Path document : DOCUMENTS) {
      Matcher metric = METRIC.matcher(Files.readString(document));
      while (metric.find()) {
        named.add(metric.group(1));
      }
    }
    assertThat(named).hasSizeGreaterThan(20);

    GuideScenario healthy = scenario("healthy");
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              String metrics = healthy.ask("/metrics");
              assertThat(named)
                  .allSatisfy(name -> assertThat(metrics).contains("\n# TYPE " + name + " "));
            });
  }

  private static GuideScenario scenario(String name) throws IOException, InterruptedException {
    if (collector == null) {
      grpc = Http.freePort();
      http = Http.freePort();
      collector = Collector.start(folder, grpc, http);
    }
    GuideScenario scenario = SCENARIOS.get(name);
    if (scenario == null) {
      scenario = new GuideScenario(name, Files.createTempDirectory(folder, name), grpc, http);
      SCENARIOS.put(name, scenario);
    }
    return scenario;
  }

  private static boolean isThere(String program) {
    return program.isEmpty()
        || Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }
}
