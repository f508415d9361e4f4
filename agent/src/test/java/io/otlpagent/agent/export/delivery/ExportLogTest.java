package io.otlpagent.agent.export.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.export.delivery.DeliveryOutcome.Verdict;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.logging.AgentLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportLogTest {

  private static final ExportResult REFUSED = ExportResult.unreached("connection", "refused");

  @TempDir private Path folder;

  private final AtomicNanos clock = new AtomicNanos();
  // Of its own for each test: the log itself does not repeat a line within a minute.
  private final String destination = "the test " + UUID.randomUUID();
  private final ExportLog log = new ExportLog(destination, clock::get);

  @BeforeEach
  void open() {
    AgentLog.init("info", "text", folder.resolve("log").toString());
  }

  @AfterEach
  void close() {
    AgentLog.init("info", "json", "stderr");
  }

  @Test
  void permanentOutageIsNoFlood() throws IOException {
    for (int minute = 0; minute < 60; minute++) {
      for (int attempt = 1; attempt <= 30; attempt++) {
        clock.advanceSeconds(2);
        log.retrying(attempt, TimeUnit.SECONDS.toNanos(2), REFUSED);
      }
      log.ended(512, outcome(Verdict.EXHAUSTED, 31 + minute, REFUSED));
    }

    assertThat(lines()).hasSize(61);
    assertThat(lines().get(0)).contains("failed, attempt 1, next in 2.0 s: refused");
    assertThat(lines().get(1)).contains("given up after 31 attempts, 512 spans lost: refused");
  }

  @Test
  void lossesAreSummedUpWithinAMinute() throws IOException {
    for (int batch = 0; batch < 10; batch++) {
      log.ended(10, outcome(Verdict.EXHAUSTED, 4, REFUSED));
      clock.advanceSeconds(10);
    }

    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).contains(" 10 spans lost");
    assertThat(lines().get(1)).contains(" 60 spans lost");
  }

  @Test
  void recoveryIsOneLineWithItsFigures() throws IOException {
    log.retrying(1, 0, REFUSED);
    clock.advanceSeconds(70);
    log.ended(512, outcome(Verdict.EXHAUSTED, 20, REFUSED));
    clock.advanceSeconds(20);
    log.ended(512, outcome(Verdict.DELIVERED, 3, ExportResult.success()));
    log.ended(512, outcome(Verdict.DELIVERED, 1, ExportResult.success()));

    assertThat(lines()).hasSize(3);
    assertThat(lines().get(2)).contains("works again after 90.0 s, 512 spans lost");
  }

  @Test
  void flappingIsNoFlood() throws IOException {
    for (int i = 0; i < 100; i++) {
      log.retrying(1, 0, REFUSED);
      clock.advanceSeconds(1);
      log.ended(10, outcome(Verdict.DELIVERED, 2, ExportResult.success()));
    }

    assertThat(lines()).hasSizeBetween(2, 5);
  }

  private static DeliveryOutcome outcome(Verdict verdict, int attempts, ExportResult last) {
    return new DeliveryOutcome(verdict, attempts, 0, last);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("log")).stream()
        .filter(line -> line.contains(destination))
        .toList();
  }

  private static final class AtomicNanos {
    private long nanos = 1;

    long get() {
      return nanos;
    }

    void advanceSeconds(long seconds) {
      nanos += TimeUnit.SECONDS.toNanos(seconds);
    }
  }
}
