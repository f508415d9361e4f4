package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/** {@code always_on} and {@code always_off}: the parent has no say. */
final class ConstantSampler implements Sampler {

  private static final SamplingDecision ON = SamplingDecision.sampledAsIs();
  private static final SamplingDecision ON_ALTHOUGH = SamplingDecision.sampled("0");
  private static final SamplingDecision OFF = SamplingDecision.refused("sampler always_off");

  private final boolean sampled;

  ConstantSampler(boolean sampled) {
    this.sampled = sampled;
  }

  @Override
  public SamplingDecision sample(Span root, @Nullable SpanContext parent) {
    if (!sampled) {
      return OFF;
    }
    // The caller's threshold is not the probability of a span that is always sampled.
    String state = parent == null ? null : parent.traceState();
    return state != null && OtTraceState.hasThreshold(state) ? ON_ALTHOUGH : ON;
  }

  @Override
  public boolean followsParent() {
    return false;
  }

  @Override
  public boolean readsPath() {
    return false;
  }

  @Override
  public @Nullable TailRule tailRule() {
    return null;
  }

  @Override
  public String description() {
    return sampled ? "always_on" : "always_off";
  }
}
