package io.otlpagent.agent.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

@Isolated
class AgentLogTest {

  @TempDir Path directory;

  @BeforeEach
  @AfterEach
  void resetLog() {
    AgentLog.reset();
  }

  @Test
  void lineIsAJsonObject() throws IOException {
    init("info", "json");

    AgentLog.info("said \"so\"\n\u2028\ud800\\ \u00e9\ud83d\ude00\u0001");

    Map<String, Object> line = json(lines().get(0));
    assertThat(line.get("timestamp"))
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(line)
        .containsEntry("level", "INFO")
        .containsEntry("target", AgentLogTest.class.getName())
        .containsEntry("file", "AgentLogTest.java")
        .containsKey("line")
        .containsEntry("threadId", (int) Thread.currentThread().getId())
        .containsEntry("fields", Map.of());
    assertThat(line.get("message")).asString().startsWith("said \"so\"\n\u2028");
    assertThat(lines().get(0)).contains("\\ud800\\\\ \u00e9\ud83d\ude00\\u0001");
  }

  @Test
  void fileStaysWithinItsBoundAndSoDoTheirNumber() throws IOException {
    Path file = directory.resolve("agent.log");
    AgentLog.init("info", "text", file.toString(), 1000, 3);

    for (int i = 0; i < 200; i++) {
      AgentLog.info("line number " + i);
    }

    try (var files = Files.list(directory)) {
      assertThat(files)
          .extracting(path -> path.getFileName().toString())
          .containsExactlyInAnyOrder("agent.log", "agent.log.1", "agent.log.2");
    }
    for (String name : List.of("agent.log", "agent.log.1", "agent.log.2")) {
      assertThat(Files.size(directory.resolve(name))).isBetween(1L, 1000L);
    }
    assertThat(Files.readString(file)).contains("line number 199");
    assertThat(Files.readString(directory.resolve("agent.log.1"))).doesNotContain("number 199");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatASymbolicLinkLeadsToIsNeitherCutNorRenamed() throws IOException {
    Path output = Files.writeString(directory.resolve("application.out"), "the application's\n");
    Path link = Files.createSymbolicLink(directory.resolve("agent.log"), output);
    AgentLog.init("info", "text", link.toString(), 1000, 3);

    for (int i = 0; i < 200; i++) {
      AgentLog.info("line number " + i);
    }

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(output))
        .startsWith("the application's\n")
        .contains("line number 0", "line number 199");
    assertThat(directory.resolve("agent.log.1")).doesNotExist();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fullDiskLeadsToStandardError() {
    AgentLog.init("info", "text", "/dev/full", 1000, 3);

    AgentLog.info("the disk is full");

    assertThat(AgentLog.toFile()).isFalse();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void pipeThatNobodyReadsLeadsToStandardError() throws Exception {
    Path pipe = directory.resolve("agent.log");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> AgentLog.init("info", "text", pipe.toString(), 1000, 3));

    assertThat(AgentLog.toFile()).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void devicesOfTheStandardOutputsAreThese() {
    for (String device : List.of("/dev/stdout", "/dev/stderr", "/proc/self/fd/2")) {
      AgentLog.init("off", "text", device);

      assertThat(AgentLog.toFile()).isFalse();
    }
  }

  @Test
  void levelChangesWhileTheAgentRuns() throws IOException {
    init("warn", "text");
    AgentLog.info("too early");
    AgentLog.level("info");
    AgentLog.info("in time");

    assertThat(lines()).singleElement().asString().contains("in time");
  }

  @Test
  void textIsOneLine() throws IOException {
    init("info", "text");

    AgentLog.warn("first\nsecond", new IOException("refused\r\nfake"));

    assertThat(lines())
        .singleElement()
        .asString()
        .matches("\\S+Z WARN \\[otlp-agent] first second: java.io.IOException: refused  fake");
  }

  @Test
  void linesBelowTheLevelAreLeftOut() throws IOException {
    init("warn", "text");

    AgentLog.debug("debug line");
    AgentLog.info("info line");
    AgentLog.warn("warn line");
    AgentLog.error("error line");

    assertThat(lines()).hasSize(2).first().asString().contains("warn line");
    assertThat(AgentLog.debugEnabled()).isFalse();
  }

  @Test
  void offWritesNothing() throws IOException {
    init("off", "text");

    AgentLog.error("error line");

    assertThat(lines()).isEmpty();
  }

  @Test
  void whatWasLoggedBeforeIsKeptUntilTheLogOpens() throws IOException {
    AgentLog.debug("early debug");
    AgentLog.warn("early warning");
    for (int i = 0; i < 2 * AgentLog.MAX_PENDING; i++) {
      AgentLog.info("many");
    }

    init("info", "json");

    assertThat(json(lines().get(0)))
        .containsEntry("message", "early warning")
        .containsEntry("target", AgentLogTest.class.getName());
    assertThat(lines()).hasSize(AgentLog.MAX_PENDING - 1);
  }

  @Test
  void sameWarningIsWrittenOnceAMinute() throws IOException {
    init("info", "text");

    AgentLog.warn("again");
    AgentLog.warn("again");
    AgentLog.warn("other");
    AgentLog.info("again");

    assertThat(lines()).hasSize(3);
  }

  @Test
  void repetitionsAreCountedAndReportedLater() {
    long now = System.nanoTime();

    assertThat(AgentLog.repeated("m", now)).isZero();
    assertThat(AgentLog.repeated("m", now + 1)).isEqualTo(-1);
    assertThat(AgentLog.repeated("m", now + TimeUnit.SECONDS.toNanos(59))).isEqualTo(-1);
    assertThat(AgentLog.repeated("m", now + TimeUnit.SECONDS.toNanos(60))).isEqualTo(2);
    assertThat(AgentLog.repeated("m", now + TimeUnit.SECONDS.toNanos(61))).isEqualTo(-1);
  }

  @Test
  void rememberedMessagesAreBounded() {
    long now = System.nanoTime();
    for (int i = 0; i < 10 * AgentLog.MAX_REMEMBERED; i++) {
      assertThat(AgentLog.repeated("m" + i, now)).isZero();
    }

    assertThat(AgentLog.remembered()).isLessThanOrEqualTo(AgentLog.MAX_REMEMBERED);
  }

  @Test
  void stackTraceIsWrittenAtLevelDebugOnly() throws IOException {
    init("info", "json");
    AgentLog.error("failed", new IllegalStateException("reason"));
    init("debug", "json");
    AgentLog.error("failed too", new IllegalStateException("reason"));

    assertThat(json(lines().get(0)).get("fields"))
        .isEqualTo(Map.of("exception", "java.lang.IllegalStateException: reason"));
    assertThat(json(lines().get(1)).get("fields"))
        .asString()
        .contains(
            "stackTrace=java.lang.IllegalStateException: reason\n\tat " + getClass().getName());
  }

  @Test
  void exceptionWithoutAMessageIsNamed() throws IOException {
    init("info", "json");

    AgentLog.error(
        "failed",
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException();
          }
        });

    assertThat(lines()).singleElement().asString().contains(getClass().getName() + "$1");
  }

  @Test
  void fileIsAppendedTo() throws IOException {
    Files.writeString(file(), "before\n");
    init("info", "text");

    AgentLog.info("after");

    assertThat(lines()).hasSize(2).first().isEqualTo("before");
  }

  @Test
  void timestampsAreRight() {
    assertThat(Rfc3339.format(0)).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(Rfc3339.format(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
    for (long day = -200_000; day < 200_000; day += 7) {
      long millis = day * 86_400_123L;
      assertThat(Rfc3339.format(millis).replaceAll("\\.000Z", "Z"))
          .isEqualTo(java.time.Instant.ofEpochMilli(millis).toString());
    }
  }

  private void init(String level, String format) {
    AgentLog.init(level, format, file().toString());
  }

  private Path file() {
    return directory.resolve("agent.log");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file(), StandardCharsets.UTF_8);
  }

  /** JSON is YAML, and a parser for that is at hand. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String line) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(line);
  }
}
