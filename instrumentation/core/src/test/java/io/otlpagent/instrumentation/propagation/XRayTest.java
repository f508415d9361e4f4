package io.otlpagent.instrumentation.propagation;

import static io.otlpagent.instrumentation.propagation.TestSpans.extract;
import static io.otlpagent.instrumentation.propagation.TestSpans.inject;
import static io.otlpagent.instrumentation.propagation.TestSpans.started;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.sampling.LayeredSampler;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import io.otlpagent.instrumentation.trace.sampling.SamplingRule;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XRayTest {

  private static final String HEADER = "X-Amzn-Trace-Id";
  private static final String ROOT = "Root=1-5759e988-bd862e3fe1be46a994272793";
  private static final String PARENT = "Parent=53995c3f42cd8ad8";

  @BeforeEach
  void configure() {
    Propagation.configure(List.of("xray"));
  }

  @AfterEach
  void restore() {
    Propagation.configure(true, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1 # 1",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0 # 0",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=? # ?",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=yes # ?",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled= # ?",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8 # ?",
        "Sampled=1;Parent=53995c3f42cd8ad8;Root=1-5759e988-bd862e3fe1be46a994272793 # 1",
        "Root=1-5759E988-BD862E3FE1BE46A994272793; Parent=53995C3F42CD8AD8 ;\t Sampled=1; # 1",
        "Self=1-67891234-12456789abcdef012345678;Root=1-5759e988-bd862e3fe1be46a994272793;"
            + "Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1|68fd508a:5 # 1",
        ";;=;x;Root=1-5759e988-bd862e3fe1be46a994272793;k=v;Parent=53995c3f42cd8ad8;Sampled=1 # 1",
      })
  void headerIsRead(String header, String sampled) {
    SpanContext context = requireNonNull(extract(HEADER, header));

    assertThat(context.traceIdHigh()).isEqualTo(0x5759e988bd862e3fL);
    assertThat(context.traceIdLow()).isEqualTo(0xe1be46a994272793L);
    assertThat(context.spanId()).isEqualTo(0x53995c3f42cd8ad8L);
    assertThat(context.sampled()).isEqualTo(sampled.equals("1"));
    assertThat((context.flags() & SpanContext.UNDECIDED) != 0).isEqualTo(sampled.equals("?"));
    assertThat(context.traceState()).isNull();
  }

  @Test
  void timeMayLackItsZeros() {
    SpanContext context =
        requireNonNull(extract(HEADER, "Root=1-a-bd862e3fe1be46a994272793;" + PARENT));

    assertThat(context.traceIdHigh()).isEqualTo(0x0000000abd862e3fL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "=",
        "Root",
        "Root=",
        "Root=1",
        "Root=1-",
        "Root=1--",
        "Root=1-5759e988",
        "Root=1-5759e988-",
        "Root=1--bd862e3fe1be46a994272793",
        "Root=-bd862e3fe1be46a994272793",
        "Root=bd862e3fe1be46a994272793",
        "Root=2-5759e988-bd862e3fe1be46a994272793",
        "Root=1-5759e9888-bd862e3fe1be46a994272793",
        "Root=1-5759e988-bd862e3fe1be46a99427279",
        "Root=1-5759e988-bd862e3fe1be46a9942727933",
        "Root=1-5759e98g-bd862e3fe1be46a994272793",
        "Root=1-5759e988-bd862e3fe1be46a99427279g",
        "Root=1-5759e988bbd862e3fe1be46a994272793",
        "Root=1-00000000-000000000000000000000000",
        "root=1-5759e988-bd862e3fe1be46a994272793",
        "Self=1-5759e988-bd862e3fe1be46a994272793",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Root=",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=0000000000000000",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad88",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8adg",
        "Parent=53995c3f42cd8ad8;Sampled=1",
      })
  void whatIsNoTraceIsIgnored(String header) {
    assertThat(extract(HEADER, header)).isNull();
    assertThat(extract(HEADER, header + ";Sampled=1")).isNull();
  }

  @Test
  void headerOfAnyLengthIsBounded() {
    String trace = ROOT + ";" + PARENT + ";Sampled=1;";

    assertThat(extract(HEADER, trace + "a".repeat(1024 - trace.length()))).isNotNull();
    assertThat(extract(HEADER, trace + "a".repeat(1025 - trace.length()))).isNull();
  }

  @Test
  void traceWithoutAParentBeginsHere() {
    SpanContext balancer = requireNonNull(extract(HEADER, ROOT));

    Span span = started(new ParentBasedSampler(Sampler.ALWAYS_ON), balancer, null);

    assertThat(HexIds.traceId(span)).isEqualTo("5759e988bd862e3fe1be46a994272793");
    assertThat(span.parentSpanId()).isZero();
    assertThat(span.parentRemote()).isFalse();
    assertThat(span.flags()).isEqualTo(SpanContext.SAMPLED);
  }

  @Test
  void openDecisionIsOurs() {
    SpanContext caller = requireNonNull(extract(HEADER, ROOT + ";" + PARENT + ";Sampled=?"));
    Sampler on = new ParentBasedSampler(Sampler.ALWAYS_ON);
    Sampler off = new ParentBasedSampler(Sampler.ALWAYS_OFF);

    for (Sampler sampler : List.of(on, layered(on))) {
      Span span = started(sampler, caller, null);
      assertThat(span.sampled()).isTrue();
      assertThat(span.parentSpanId()).isEqualTo(caller.spanId());
      assertThat(inject(span).asMap())
          .containsEntry(
              "x-amzn-trace-id", List.of(ROOT + ";Parent=" + HexIds.spanId(span) + ";Sampled=1"));
    }
    for (Sampler sampler : List.of(off, layered(off))) {
      assertThat(started(sampler, caller, null).sampled()).isFalse();
    }
  }

  @Test
  void decisionOfTheCallerIsFollowedAndPassedOn() {
    SpanContext caller = requireNonNull(extract(HEADER, ROOT + ";" + PARENT + ";Sampled=0"));

    Span span = started(new ParentBasedSampler(Sampler.ALWAYS_ON), caller, "k=v");

    assertThat(span.sampled()).isFalse();
    assertThat(inject(span).asMap())
        .containsOnlyKeys("x-amzn-trace-id")
        .containsEntry(
            "x-amzn-trace-id", List.of(ROOT + ";Parent=" + HexIds.spanId(span) + ";Sampled=0"));
  }

  private static Sampler layered(Sampler base) {
    return new LayeredSampler(base, new SamplingRule[0], 0, null);
  }
}
