package io.otlpagent.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.export.queue.DropReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpanFindingsTest {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INTERNAL_ERROR")
  void onlyInternalErrorsAreTheFaultOfTheAgent(DropReason reason) {
    assertThat(SpanFindings.why(reason)).doesNotContain("the agent itself failed");
  }

  @ParameterizedTest
  @CsvSource({
    "HOLD_FULL, sampling.keep.max_spans",
    "BUFFER_FULL, buffer.max_bytes",
    "BUFFER_EXPIRED, buffer.max_age",
    "BUFFER_CORRUPT, buffer.dir"
  })
  void reasonNamesTheSettingThatHelps(DropReason reason, String setting) {
    assertThat(SpanFindings.fix(reason)).contains(setting);
  }
}
