package io.otlpagent.instrumentation.trace.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.otlpagent.instrumentation.testing.NamedSpan;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanFields;
import io.otlpagent.instrumentation.trace.SpanKind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatioSamplerTest {

  @ParameterizedTest
  @CsvSource({
    "1.0, 0",
    "0.5, 8",
    "0.25, c",
    "0.75, 4",
    "0.125, e",
    "0.1, e6666666666668",
    "0.01, fd70a3d70a3d7",
    "0.0625, f",
  })
  void theThresholdIsWrittenWithoutTheZerosAtItsEnd(double ratio, String threshold) {
    RatioSampler sampler = new RatioSampler(ratio);

    String state = sampler.sample(root(-1), null).traceState(null);

    assertThat(state).startsWith("ot=th:" + threshold);
    assertThat(state.substring("ot=th:".length())).matches("0|[0-9a-f]{0,13}[1-9a-f]");
  }

  @Test
  void theTraceIsSampledIfItsRandomnessReachesTheThreshold() {
    RatioSampler half = new RatioSampler(0.5);

    assertThat(half.sample(root(0x0080000000000000L), null).isSampled()).isTrue();
    assertThat(half.sample(root(0x007fffffffffffffL), null).isSampled()).isFalse();
    assertThat(half.sample(root(0xff7fffffffffffffL), null).isSampled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1, 0.5, 0.9})
  void theShareIsTheRatio(double ratio) {
    RatioSampler sampler = new RatioSampler(ratio);
    Random random = new Random(42);
    int count = 200_000;

    int sampled = 0;
    for (int i = 0; i < count; i++) {
      sampled += sampler.sample(root(random.nextLong()), null).isSampled() ? 1 : 0;
    }

    // Five standard deviations, and the seed is fixed.
    double deviation = Math.sqrt(count * ratio * (1 - ratio));
    assertThat((double) sampled).isCloseTo(count * ratio, within(5 * deviation));
  }

  @Test
  void whatALowerRatioSamplesAHigherOneSamplesToo() {
    RatioSampler tenth = new RatioSampler(0.1);
    RatioSampler half = new RatioSampler(0.5);
    Random random = new Random(7);

    for (int i = 0; i < 20_000; i++) {
      Span root = root(random.nextLong());

      assertThat(tenth.sample(root, null).isSampled() && !half.sample(root, null).isSampled())
          .isFalse();
    }
  }

  @Test
  void theExtremesSampleAllAndNone() {
    assertThat(new RatioSampler(1.0).sample(root(0), null).isSampled()).isTrue();
    assertThat(new RatioSampler(0.0).sample(root(-1), null).isSampled()).isFalse();
    assertThat(new RatioSampler(1e-20).sample(root(-1), null).isSampled()).isFalse();
    assertThat(new RatioSampler(Double.MIN_VALUE).sample(root(-1), null).isSampled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aRatioIsBetween0And1(double ratio) {
    assertThatThrownBy(() -> new RatioSampler(ratio)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void explicitRandomnessOfTheCallerBeatsTheTraceId() {
    RatioSampler half = new RatioSampler(0.5);
    SpanContext high = new SpanContext(1, 0, 3, 0, "ot=rv:80000000000000");
    SpanContext low = new SpanContext(1, -1, 3, 0, "ot=rv:7fffffffffffff");

    assertThat(half.sample(root(0), high).isSampled()).isTrue();
    assertThat(half.sample(root(-1), low).isSampled()).isFalse();
  }

  @Test
  void theThresholdOfACallerThatIsNotFollowedIsReplacedOrTakenOut() {
    RatioSampler half = new RatioSampler(0.5);
    String state = "a=1,ot=th:c;rv:80000000000000";

    assertThat(half.sample(root(0), new SpanContext(1, 0, 3, 1, state)).traceState(state))
        .isEqualTo("ot=th:8;rv:80000000000000,a=1");
    assertThat(new RatioSampler(0.1).sample(root(0), null).traceState("a=1,ot=th:c"))
        .isEqualTo("a=1");
  }

  private static Span root(long traceIdLow) {
    Span span = new NamedSpan("root", SpanKind.INTERNAL);
    SpanFields.traceIdLow(span, traceIdLow);
    return span;
  }
}
