package io.otlpagent.agent.export.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too \\u006fld\"}}",
        "{\"partialSuccess\":{\"errorMessage\":\"too old\",\"rejectedSpans\":3}}",
        " {\n \"partial_success\" : { \"rejected_spans\" : 3.0 , \"error_message\":\"too old\" } }",
        "{\"other\":[{\"a\":\"}\"},[1,2]],\"x\":null,"
            + "\"partialSuccess\":{\"rejectedDataPoints\":\"3\",\"y\":{\"rejectedSpans\":9},"
            + "\"errorMessage\":\"too old\"}}",
      })
  void partialSuccessSaysHowManyWereRejected(String answer) {
    ExportResult result = JsonAnswer.success(answer.getBytes(UTF_8));

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.rejected()).isEqualTo(3);
    assertThat(result.message()).isEqualTo("too old");
  }

  @Test
  void warningWithoutRejectionIsKept() {
    ExportResult result =
        JsonAnswer.success("{\"partialSuccess\":{\"errorMessage\":\"soon gone\"}}".getBytes(UTF_8));

    assertThat(result.rejected()).isZero();
    assertThat(result.message()).isEqualTo("soon gone");
  }

  /** What a collector says about a success must not fail it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[]",
        "{\"partialSuccess\":{}}",
        "{\"partialSuccess\":null}",
        "{\"partialSuccess\":{\"rejectedSpans\":0,\"errorMessage\":\"\"}}",
        "{\"partialSuccess\":{\"rejectedSpans\":null,\"errorMessage\":null}}",
        "{\"partialSuccess\":{\"rejectedSpans\":\"many\"}}",
        "{\"partialSuccess\":{\"rejectedSpans\":{}}}",
        "{\"partialSuccess\"",
        "{\"partialSuccess\":",
        "{\"partialSuccess\":{\"rejectedSpans\"",
        "{\"a\\",
        "{\"a\\u12",
        "{,}",
        "{a:1}",
        "}}}}",
        "ok",
      })
  void anythingElseIsSuccess(String answer) {
    ExportResult result = JsonAnswer.success(answer.getBytes(UTF_8));

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.rejected()).isZero();
    assertThat(result.message()).isEmpty();
  }

  @Test
  void deepNestingIsSkipped() {
    String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    String answer = "{\"x\":" + deep + ",\"message\":\"found\"}";

    assertThat(JsonAnswer.statusMessage(answer.getBytes(UTF_8))).isEqualTo("found");
    assertThat(JsonAnswer.statusMessage(("{\"x\":" + "{\"x\":".repeat(100_000)).getBytes(UTF_8)))
        .isNull();
  }

  @Test
  void messageOfStatusIsThatOfTheOutermostObject() {
    String answer =
        "{\"details\":[{\"message\":\"other\"}],\"code\":3,\"message\":\"bad \\n span\"}";

    assertThat(JsonAnswer.statusMessage(answer.getBytes(UTF_8))).isEqualTo("bad \n span");
    assertThat(JsonAnswer.statusMessage("{\"code\":3}".getBytes(UTF_8))).isNull();
    assertThat(JsonAnswer.statusMessage("no JSON".getBytes(UTF_8))).isNull();
  }
}
