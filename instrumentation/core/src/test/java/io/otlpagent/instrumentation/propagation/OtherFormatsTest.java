package io.otlpagent.instrumentation.propagation;

import static io.otlpagent.instrumentation.propagation.TestSpans.extract;
import static io.otlpagent.instrumentation.propagation.TestSpans.inject;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OtherFormatsTest {

  private static final String TRACE = "80f198ee56343ba864fe8b2a57d3eff7";
  private static final String SPAN = "e457b5a2e4d86bd1";

  @AfterEach
  void restore() {
    Propagation.configure(true, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b3", "b3multi", "jaeger", "xray"})
  void injectedTraceIsExtractedAgain(String format) {
    Propagation.configure(List.of(format));
    for (Sampler sampler : List.of(Sampler.ALWAYS_ON, Sampler.ALWAYS_OFF)) {
      Span span = started(sampler);

      TestHeaders headers = inject(span);

      SpanContext extracted = requireNonNull(Propagation.extract(headers, headers));
      assertThat(extracted.traceIdHigh()).isEqualTo(span.traceIdHigh());
      assertThat(extracted.traceIdLow()).isEqualTo(span.traceIdLow());
      assertThat(extracted.spanId()).isEqualTo(span.spanId());
      assertThat(extracted.sampled()).isEqualTo(span.sampled());
      assertThat(headers.asMap()).doesNotContainKey("traceparent");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1, true",
    "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-d-05e3ac9a4f6e3b90, true",
    "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-0-05e3ac9a4f6e3b90, false",
    "80F198EE56343BA864FE8B2A57D3EFF7-E457B5A2E4D86BD1-1, true",
  })
  void singleHeaderIsRead(String header, boolean sampled) {
    Propagation.configure(List.of("b3"));

    SpanContext context = requireNonNull(extract("b3", header));

    assertThat(context.traceIdHigh()).isEqualTo(0x80f198ee56343ba8L);
    assertThat(context.traceIdLow()).isEqualTo(0x64fe8b2a57d3eff7L);
    assertThat(context.spanId()).isEqualTo(0xe457b5a2e4d86bd1L);
    assertThat(context.sampled()).isEqualTo(sampled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2",
        "",
        "-",
        "x-y-1",
        "00000000000000000000000000000000-e457b5a2e4d86bd1-1",
        "80f198ee56343ba864fe8b2a57d3eff7-0000000000000000-1",
        "80f198ee56343ba864fe8b2a57d3eff70-e457b5a2e4d86bd1-1",
        "80f198ee56343ba864fe8b2a57d3eff7--1",
        "80f198ee56343ba864fe8b2a57d3efg7-e457b5a2e4d86bd1-1"
      })
  void whatIsNoTraceIsIgnored(String header) {
    Propagation.configure(List.of("b3", "jaeger"));

    assertThat(extract("b3", header)).isNull();
    assertThat(extract("uber-trace-id", header.replace("-", ":"))).isNull();
  }

  @Test
  void shortTraceIdsHaveNoUpperHalf() {
    Propagation.configure(List.of("b3multi", "jaeger"));

    SpanContext b3 =
        requireNonNull(extract("x-b3-traceid", "64fe8b2a57d3eff7", "x-b3-spanid", SPAN));
    SpanContext jaeger = requireNonNull(extract("uber-trace-id", "7b%3A1c8:0:3"));

    assertThat(b3.traceIdHigh()).isZero();
    assertThat(b3.traceIdLow()).isEqualTo(0x64fe8b2a57d3eff7L);
    assertThat(jaeger.traceIdLow()).isEqualTo(0x7bL);
    assertThat(jaeger.spanId()).isEqualTo(0x1c8L);
    assertThat(jaeger.sampled()).isTrue();
  }

  @Test
  void multipleHeadersSayWhetherTheTraceIsSampled() {
    Propagation.configure(List.of("b3multi"));
    String[] ids = {"x-b3-traceid", TRACE, "x-b3-spanid", SPAN};

    assertThat(requireNonNull(extract(with(ids, "x-b3-sampled", "0"))).sampled()).isFalse();
    assertThat(requireNonNull(extract(with(ids, "x-b3-sampled", "1"))).sampled()).isTrue();
    assertThat(requireNonNull(extract(with(ids, "x-b3-flags", "1"))).sampled()).isTrue();
  }

  @Test
  void traceThatNobodyDecidedIsOurSamplersToDecide() {
    Propagation.configure(List.of("b3"));

    SpanContext single = requireNonNull(extract("b3", TRACE + "-" + SPAN));
    SpanContext multi = requireNonNull(extract("x-b3-traceid", TRACE, "x-b3-spanid", SPAN));
    SpanContext garbled = requireNonNull(extract("b3", TRACE + "-" + SPAN + "-maybe"));
    SpanContext garbledToo =
        requireNonNull(
            extract("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "maybe"));

    for (SpanContext caller : List.of(single, multi, garbled, garbledToo)) {
      for (Sampler sampler : List.of(Sampler.ALWAYS_ON, Sampler.ALWAYS_OFF)) {
        Span span = TestSpans.started(new ParentBasedSampler(sampler), caller, null);

        assertThat(span.sampled()).isEqualTo(sampler == Sampler.ALWAYS_ON);
        assertThat(span.parentSpanId()).isEqualTo(caller.spanId());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "b3, 0, false, 0",
    "b3, 1, true, 1",
    "b3, d, true, d",
    "x-b3-sampled, 0, false, 0",
    "x-b3-sampled, false, false, 0",
    "x-b3-sampled, 1, true, 1",
    "x-b3-flags, 1, true, d",
  })
  void decisionWithoutATraceIsFollowedByANewOne(
      String name, String value, boolean sampled, String passedOn) {
    Propagation.configure(List.of("b3"));
    boolean own = !sampled;
    Sampler sampler = new ParentBasedSampler(own ? Sampler.ALWAYS_ON : Sampler.ALWAYS_OFF);

    Span span = TestSpans.started(sampler, requireNonNull(extract(name, value)), null);

    assertThat(span.sampled()).isEqualTo(sampled);
    assertThat(span.parentRemote()).isFalse();
    assertThat(span.parentSpanId()).isZero();
    assertThat(span.traceIdLow()).isNotZero();
    assertThat(span.flags() & SpanContext.RANDOM).isNotZero();
    assertThat(inject(span).asMap())
        .containsEntry(
            "b3", List.of(HexIds.traceId(span) + "-" + HexIds.spanId(span) + "-" + passedOn));
  }

  @Test
  void debugTraceIsPassedOnAsSuch() {
    Propagation.configure(List.of("b3", "b3multi"));
    SpanContext caller = requireNonNull(extract("b3", TRACE + "-" + SPAN + "-d"));

    Span span = TestSpans.started(new ParentBasedSampler(Sampler.ALWAYS_OFF), caller, null);

    assertThat(span.sampled()).isTrue();
    assertThat(span.flags()).isEqualTo(SpanContext.SAMPLED);
    assertThat(inject(span).asMap())
        .containsEntry("b3", List.of(TRACE + "-" + HexIds.spanId(span) + "-d"))
        .containsEntry("x-b3-flags", List.of("1"))
        .doesNotContainKey("x-b3-sampled");
    assertThat(inject(TestSpans.started(Sampler.ALWAYS_OFF, caller, null)).asMap())
        .containsEntry("x-b3-sampled", List.of("0"))
        .doesNotContainKey("x-b3-flags");
  }

  @Test
  void headerOfTheW3cWinsAndAllAreWritten() {
    Propagation.configure(List.of("b3", "tracecontext", "b3multi", "jaeger"));

    SpanContext context =
        requireNonNull(
            extract(
                "b3",
                TRACE + "-" + SPAN + "-1",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

    assertThat(context.spanId()).isEqualTo(0xb7ad6b7169203331L);
    assertThat(inject(started(Sampler.ALWAYS_ON)).asMap().keySet())
        .extracting(name -> name.toLowerCase(java.util.Locale.ROOT))
        .containsExactlyInAnyOrder(
            "traceparent", "b3", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "uber-trace-id");
  }

  private static String[] with(String[] headers, String name, String value) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = name;
    all[headers.length + 1] = value;
    return all;
  }

  private static Span started(Sampler sampler) {
    return TestSpans.started(sampler, null, null);
  }
}
