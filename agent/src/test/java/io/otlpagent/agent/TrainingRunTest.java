package io.otlpagent.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {

  @Test
  void recordingAnArchiveIsATrainingRun() {
    assertThat(TrainingRun.option(List.of("-Xmx1g", "-XX:ArchiveClassesAtExit=app.jsa")))
        .isEqualTo("-XX:ArchiveClassesAtExit=app.jsa");
    assertThat(TrainingRun.option(List.of("-XX:AOTCacheOutput=app.aot"))).isNotNull();
  }

  /** As JDK 17 and 25 list what stands in the file that {@code -XX:Flags} names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ArchiveClassesAtExit=app.jsa",
        "AOTMode=record",
        "AOTCacheOutput=app.aot",
        "+RecordDynamicDumpInfo",
        "DumpLoadedClassList=classes.lst",
      })
  void optionsOfFlagsFileHaveNoPrefix(String option) {
    assertThat(TrainingRun.option(List.of("-UsePerfData", option, "-XX:Flags=flags")))
        .isEqualTo(option);
  }

  @Test
  void usingAnArchiveIsNot() {
    assertThat(TrainingRun.option(List.of("-XX:SharedArchiveFile=app.jsa", "-XX:AOTCache=app.aot")))
        .isNull();
  }
}
