package io.otlpagent.instrumentation.trace.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.TestRequest;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SamplingDecision;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanFields;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TailRule;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LayeredSamplerTest {

  private static final Sampler DEFAULT = new ParentBasedSampler(Sampler.ALWAYS_ON);
  private static final SpanContext SAMPLED = new SpanContext(1, 2, 3, 1, "ot=th:8,a=1");
  private static final SpanContext NOT_SAMPLED = new SpanContext(1, 2, 3, 0, null);

  @Test
  void theFirstRuleThatMatchesDecides() {
    Sampler sampler =
        layered(
            DEFAULT,
            new SamplingRule("rule 1", match(null, "get", "/health"), 0, 0),
            new SamplingRule("rule 2", match(SpanKind.SERVER, null, "/**"), 0.5, 0),
            new SamplingRule("rule 3", match(SpanKind.CLIENT, null, null), 0, 0));

    assertThat(sampler.sample(request("GET", "/health", 0), null)).hasToString("rule 1: ignored");
    assertThat(sampler.sample(request("POST", "/health", 0), null))
        .hasToString("rule 2: ratio 0.5");
    assertThat(sampler.sample(request("POST", "/health", -1), null).traceState(null))
        .isEqualTo("ot=th:8");
    assertThat(sampler.sample(new TestRequest(SpanKind.CLIENT, "GET", null), null))
        .hasToString("rule 3: ignored");
    assertThat(sampler.sample(new TestRequest(SpanKind.INTERNAL, null, null), null).isSampled())
        .isTrue();
  }

  @Test
  void aCallerThatIsFollowedBeatsARuleUnlessItIgnores() {
    Sampler sampler =
        layered(
            DEFAULT,
            new SamplingRule("rule 1", match(null, null, "/health"), 0, 0),
            new SamplingRule("rule 2", match(null, null, "/**"), 1e-9, 0));

    SamplingDecision followed = sampler.sample(request("GET", "/orders", 0), SAMPLED);
    SamplingDecision ignored = sampler.sample(request("GET", "/health", 0), SAMPLED);

    assertThat(followed.isSampled()).isTrue();
    assertThat(followed.traceState("ot=th:8,a=1")).isEqualTo("ot=th:8,a=1");
    assertThat(ignored.isSampled()).isFalse();
    assertThat(ignored.mayBeOverruled()).isFalse();
    assertThat(ignored.traceState("ot=th:8,a=1")).isEqualTo("a=1");
    assertThat(sampler.sample(request("GET", "/orders", 0), NOT_SAMPLED).mayBeOverruled())
        .isFalse();
  }

  @Test
  void aCallerThatIsNotFollowedIsSubjectToRules() {
    Sampler sampler =
        layered(Sampler.ALWAYS_ON, new SamplingRule("rule 1", match(null, null, "/**"), 0.5, 0));

    assertThat(sampler.sample(request("GET", "/orders", 0), SAMPLED).isSampled()).isFalse();
  }

  @Test
  void aLimitKeepsSoManyASecondAndSaysNoProbability() {
    Sampler sampler =
        new LayeredSampler(
            new ParentBasedSampler(new RatioSampler(1.0)), new SamplingRule[0], 3, null);

    int sampled = 0;
    for (int i = 0; i < 10; i++) {
      Span root = request("GET", "/orders", 0);
      SpanFields.startNanoTime(root, System.nanoTime());
      SamplingDecision decision = sampler.sample(root, null);
      sampled += decision.isSampled() ? 1 : 0;
      assertThat(decision.traceState(null)).isNull();
      assertThat(decision.isSampled() || decision.mayBeOverruled()).isTrue();
    }

    assertThat(sampled).isBetween(3, 9);
    assertThat(sampler.sample(request("GET", "/orders", 0), SAMPLED).isSampled()).isTrue();
  }

  @Test
  void aRuleHasItsOwnLimit() {
    Sampler sampler =
        layered(DEFAULT, new SamplingRule("rule 1", match(null, "GET", null), 1, 0.001));
    Span first = request("GET", "/orders", 0);
    SpanFields.startNanoTime(first, System.nanoTime());

    assertThat(sampler.sample(first, null).isSampled()).isTrue();
    assertThat(sampler.sample(first, null)).hasToString("rule 1: limit of 0.001 a second");
    assertThat(sampler.sample(request("POST", "/orders", 0), null).isSampled()).isTrue();
  }

  @Test
  void thePathIsReadOnlyIfARuleAsksForIt() {
    assertThat(layered(DEFAULT).readsPath()).isFalse();
    assertThat(
            layered(DEFAULT, new SamplingRule("rule 1", match(null, "GET", null), 0, 0))
                .readsPath())
        .isFalse();
    assertThat(
            layered(DEFAULT, new SamplingRule("rule 1", match(null, null, "/a"), 0, 0)).readsPath())
        .isTrue();
  }

  @Test
  void theDescriptionNamesEveryLayer() {
    Sampler sampler =
        new LayeredSampler(
            new ParentBasedSampler(new RatioSampler(0.1)),
            new SamplingRule[] {new SamplingRule("rule 1", match(null, "GET", null), 0, 0)},
            50,
            new TailRule(true, 1_000_000_000L, 512, 8192));

    assertThat(sampler.description())
        .isEqualTo(
            "parentbased_traceidratio{0.1} after 1 rule, at most 50.0 traces a second, keeping"
                + " errors and what takes longer than 1000 ms");
  }

  private static Sampler layered(Sampler base, SamplingRule... rules) {
    return new LayeredSampler(base, rules, 0, null);
  }

  private static SamplingRule.Match match(
      @Nullable SpanKind kind, @Nullable String method, @Nullable String route) {
    return new SamplingRule.Match(kind, method, route);
  }

  private static Span request(String method, String path, long traceIdLow) {
    Span span = new TestRequest(SpanKind.SERVER, method, path);
    SpanFields.traceIdLow(span, traceIdLow);
    return span;
  }

  private static final class TestRequest extends Span {

    private final @Nullable String method;
    private final @Nullable String path;

    TestRequest(SpanKind kind, @Nullable String method, @Nullable String path) {
      super(InstrumentationScope.of("test"), kind);
      this.method = method;
      this.path = path;
    }

    @Override
    public @Nullable String requestMethod() {
      return method;
    }

    @Override
    public @Nullable String requestPath() {
      return path;
    }

    @Override
    public String name() {
      return "request";
    }

    @Override
    public void writeAttributes(AttributeWriter writer) {}
  }
}
