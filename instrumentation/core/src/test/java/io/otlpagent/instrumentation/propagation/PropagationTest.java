package io.otlpagent.instrumentation.propagation;

import static io.otlpagent.instrumentation.propagation.TestSpans.inject;
import static io.otlpagent.instrumentation.propagation.TestSpans.started;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PropagationTest {

  private static final SpanContext PARENT =
      new SpanContext(0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L, 3, "a=1,b=2");

  @AfterEach
  void restore() {
    Propagation.configure(true, true);
  }

  @Test
  void injectedTraceIsExtractedAgain() {
    Span span = started(Sampler.ALWAYS_ON, PARENT, "user=7");

    TestHeaders headers = inject(span);

    SpanContext extracted = requireNonNull(Propagation.extract(headers, headers));
    assertThat(extracted.traceIdHigh()).isEqualTo(PARENT.traceIdHigh());
    assertThat(extracted.traceIdLow()).isEqualTo(PARENT.traceIdLow());
    assertThat(extracted.spanId()).isEqualTo(span.spanId());
    assertThat(extracted.flags()).isEqualTo(3);
    assertThat(extracted.traceState()).isEqualTo("a=1,b=2");
    assertThat(Propagation.extractBaggage(headers, headers)).isEqualTo("user=7");
  }

  @Test
  void traceparentIsWrittenInLowerCaseHex() {
    Span span = started(Sampler.ALWAYS_ON, PARENT, null);

    TestHeaders headers = inject(span);

    assertThat(headers.first(headers, "traceparent"))
        .isEqualTo(String.format("00-0af7651916cd43dd8448eb211c80319c-%016x-03", span.spanId()));
  }

  @Test
  void unsampledTraceIsPropagatedWithTheFlagOff() {
    Span span = started(Sampler.ALWAYS_OFF, null, null);

    TestHeaders headers = inject(span);

    assertThat(headers.first(headers, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-02");
    assertThat(headers.asMap()).containsOnlyKeys("traceparent");
  }

  @Test
  void injectionReplacesEarlierHeaders() {
    Span span = started(Sampler.ALWAYS_ON, null, null);
    TestHeaders headers = TestHeaders.of("traceparent", "old", "traceparent", "older");

    Propagation.inject(span, headers, headers);

    assertThat(headers.asMap().get("traceparent")).hasSize(1).doesNotContain("old");
  }

  @Test
  void baggageOfSeveralHeadersIsJoined() {
    TestHeaders headers = TestHeaders.of("baggage", "a=1;p=2", "baggage", "b=2");

    assertThat(Propagation.extractBaggage(headers, headers)).isEqualTo("a=1;p=2,b=2");
  }

  @Test
  void baggageThatNoClientWouldSendIsDropped() {
    assertThat(baggage("a=b\u0000")).isNull();
    assertThat(baggage("a=b\r\nevil: 1")).isNull();
    assertThat(baggage("a=ü")).isNull();
    assertThat(baggage("")).isNull();
    assertThat(baggage("a=" + "b".repeat(Baggage.MAX_LENGTH))).isNull();
  }

  @Test
  void switchedOffHeadersAreNeitherReadNorWritten() {
    Span span = started(Sampler.ALWAYS_ON, PARENT, "user=7");
    TestHeaders headers = inject(span);

    Propagation.configure(false, false);

    assertThat(Propagation.extract(headers, headers)).isNull();
    assertThat(Propagation.extractBaggage(headers, headers)).isNull();
    assertThat(inject(span).asMap()).isEmpty();
  }

  private static @Nullable String baggage(String header) {
    TestHeaders headers = TestHeaders.of("baggage", header);
    return Propagation.extractBaggage(headers, headers);
  }
}
