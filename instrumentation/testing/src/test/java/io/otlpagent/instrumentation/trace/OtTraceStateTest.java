package io.otlpagent.instrumentation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtTraceStateTest {

  @Test
  void aThresholdIsTheWholeListIfThereIsNone() {
    assertThat(OtTraceState.withThreshold(null, "8")).isEqualTo("ot=th:8");
    assertThat(OtTraceState.withThreshold(null, null)).isNull();
  }

  @Test
  void aNewMemberComesFirstAndTheOthersKeepTheirOrder() {
    assertThat(OtTraceState.withThreshold("b=2,a=1", "c")).isEqualTo("ot=th:c,b=2,a=1");
  }

  @Test
  void aThresholdIsReplacedAndTheRestOfTheMemberStays() {
    assertThat(OtTraceState.withThreshold("b=2,ot=x:1;th:8;rv:0123456789abcd,a=1", "c"))
        .isEqualTo("ot=th:c;x:1;rv:0123456789abcd,b=2,a=1");
  }

  @Test
  void aThresholdIsTakenOutAndAnEmptyMemberWithIt() {
    assertThat(OtTraceState.withThreshold("b=2,ot=th:8,a=1", null)).isEqualTo("b=2,a=1");
    assertThat(OtTraceState.withThreshold("ot=th:8;x:1,a=1", null)).isEqualTo("ot=x:1,a=1");
    assertThat(OtTraceState.withThreshold("ot=th:8", null)).isNull();
  }

  @Test
  void aListWithoutThresholdIsTheSameIfThereIsToBeNone() {
    String list = "a=1,ot=rv:0123456789abcd";

    assertThat(OtTraceState.withThreshold(list, null)).isSameAs(list);
  }

  @Test
  void aListKeepsAtMost32Members() {
    String full =
        IntStream.range(0, 32).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));

    assertThat(OtTraceState.withThreshold(full, "8").split(","))
        .hasSize(32)
        .startsWith("ot=th:8", "k0=v")
        .endsWith("k30=v");
  }

  @Test
  void aValueKeepsAtMost256Characters() {
    String longKey = "x:" + "y".repeat(250);

    assertThat(OtTraceState.withThreshold("ot=a:1;" + longKey, "8")).isEqualTo("ot=th:8;a:1");
  }

  @Test
  void randomnessIsFourteenLowerCaseDigits() {
    assertThat(OtTraceState.randomness("a=1,ot=th:8;rv:0123456789abcd"))
        .isEqualTo(0x0123456789abcdL);
    assertThat(OtTraceState.randomness("ot=rv:0123456789abcd;x:1,b=2"))
        .isEqualTo(0x0123456789abcdL);
    assertThat(OtTraceState.randomness("ot=rv:0123456789abc")).isNegative();
    assertThat(OtTraceState.randomness("ot=rv:0123456789ABCD")).isNegative();
    assertThat(OtTraceState.randomness("ot=rv:0123456789abcde")).isNegative();
    assertThat(OtTraceState.randomness("not=rv:0123456789abcd")).isNegative();
    assertThat(OtTraceState.randomness("a=rv:0123456789abcd")).isNegative();
  }
}
