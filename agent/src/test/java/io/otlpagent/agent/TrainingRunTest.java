package io.otlpagent.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRunTest {

  @Test
  void recordingAnArchiveIsATrainingRun() {
    assertThat(TrainingRun.option(List.of("-Xmx1g", "-XX:ArchiveClassesAtExit=app.jsa")))
        .isEqualTo("-XX:ArchiveClassesAtExit=app.jsa");
    assertThat(TrainingRun.option(List.of("-XX:AOTCacheOutput=app.aot"))).isNotNull();
  }

  @Test
  void usingAnArchiveIsNot() {
    assertThat(TrainingRun.option(List.of("-XX:SharedArchiveFile=app.jsa", "-XX:AOTCache=app.aot")))
        .isNull();
  }
}
