package io.otlpagent.instrumentation.propagation;

import static io.otlpagent.instrumentation.propagation.TestSpans.extract;
import static io.otlpagent.instrumentation.propagation.TestSpans.inject;
import static io.otlpagent.instrumentation.propagation.TestSpans.started;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OtTraceTest {

  private static final String TRACE_ID = "Ot-Tracer-TraceId";
  private static final String SPAN_ID = "Ot-Tracer-SpanId";
  private static final String SAMPLED = "Ot-Tracer-Sampled";

  @BeforeEach
  void configure() {
    Propagation.configure(List.of("ottrace"));
  }

  @AfterEach
  void restore() {
    Propagation.configure(true, true);
  }

  @ParameterizedTest
  @CsvSource({
    "64fe8b2a57d3eff7, e457b5a2e4d86bd1, 0, 0x64fe8b2a57d3eff7",
    "80f198ee56343ba864fe8b2a57d3eff7, e457b5a2e4d86bd1, 0x80f198ee56343ba8, 0x64fe8b2a57d3eff7",
    "80F198EE56343BA864FE8B2A57D3EFF7, E457B5A2E4D86BD1, 0x80f198ee56343ba8, 0x64fe8b2a57d3eff7",
    "7b, e457b5a2e4d86bd1, 0, 0x7b",
  })
  void idsAreRead(String traceId, String spanId, String high, String low) {
    SpanContext context =
        requireNonNull(extract(TRACE_ID, traceId, SPAN_ID, spanId, SAMPLED, "true"));

    assertThat(context.traceIdHigh()).isEqualTo(hex(high));
    assertThat(context.traceIdLow()).isEqualTo(hex(low));
    assertThat(context.spanId()).isEqualTo(0xe457b5a2e4d86bd1L);
  }

  private static long hex(String number) {
    return number.equals("0") ? 0 : Long.parseUnsignedLong(number.substring(2), 16);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, false",
    "True, true, false",
    "1, true, false",
    "false, false, false",
    "0, false, false",
    "'', false, true",
    "yes, false, true",
    ", false, true",
  })
  void headerSaysWhetherTheTraceIsSampled(String header, boolean sampled, boolean open) {
    String[] ids = {TRACE_ID, "64fe8b2a57d3eff7", SPAN_ID, "e457b5a2e4d86bd1"};

    SpanContext context =
        requireNonNull(
            header == null
                ? extract(ids)
                : extract(ids[0], ids[1], ids[2], ids[3], SAMPLED, header));

    assertThat(context.sampled()).isEqualTo(sampled);
    assertThat((context.flags() & SpanContext.UNDECIDED) != 0).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "'', e457b5a2e4d86bd1",
    "64fe8b2a57d3eff7, ''",
    "0000000000000000, e457b5a2e4d86bd1",
    "64fe8b2a57d3eff7, 0000000000000000",
    "64fe8b2a57d3effg, e457b5a2e4d86bd1",
    "64fe8b2a57d3eff7, e457b5a2e4d86bdg",
    "-4fe8b2a57d3eff7, e457b5a2e4d86bd1",
    "80f198ee56343ba864fe8b2a57d3eff70, e457b5a2e4d86bd1",
    "64fe8b2a57d3eff7, e457b5a2e4d86bd10",
  })
  void whatIsNoTraceIsIgnored(String traceId, String spanId) {
    assertThat(extract(TRACE_ID, traceId, SPAN_ID, spanId, SAMPLED, "true")).isNull();
  }

  @Test
  void halfATraceIsNone() {
    assertThat(extract(TRACE_ID, "64fe8b2a57d3eff7", SAMPLED, "true")).isNull();
    assertThat(extract(SPAN_ID, "e457b5a2e4d86bd1", SAMPLED, "true")).isNull();
    assertThat(extract(SAMPLED, "true")).isNull();
  }

  @Test
  void rightHalfOfTheTraceIdIsWritten() {
    SpanContext caller = new SpanContext(0x80f198ee56343ba8L, 0x64fe8b2a57d3eff7L, 1, 0, null);

    Span unsampled = started(new ParentBasedSampler(Sampler.ALWAYS_ON), caller, null);
    Span sampled = started(Sampler.ALWAYS_ON, caller, null);

    assertThat(inject(unsampled).asMap())
        .containsOnlyKeys("ot-tracer-traceid", "ot-tracer-spanid", "ot-tracer-sampled")
        .containsEntry("ot-tracer-traceid", List.of("64fe8b2a57d3eff7"))
        .containsEntry("ot-tracer-spanid", List.of(HexIds.spanId(unsampled)))
        .containsEntry("ot-tracer-sampled", List.of("false"));
    assertThat(inject(sampled).asMap()).containsEntry("ot-tracer-sampled", List.of("true"));
  }
}
