package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/** {@code always_on} and {@code always_off}: the parent has no say. */
final class ConstantSampler implements Sampler {

  private final boolean sampled;

  ConstantSampler(boolean sampled) {
    this.sampled = sampled;
  }

  @Override
  public boolean sampleRoot(long traceIdHigh, long traceIdLow) {
    return sampled;
  }

  @Override
  public boolean sampleRemoteChild(SpanContext parent, long traceIdLow) {
    return sampled;
  }

  @Override
  public @Nullable String rootTraceState() {
    return null;
  }

  @Override
  public String description() {
    return sampled ? "always_on" : "always_off";
  }
}
