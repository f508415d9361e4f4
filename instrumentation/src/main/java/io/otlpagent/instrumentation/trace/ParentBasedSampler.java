package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/** Follows the decision of a remote parent; asks another sampler for roots. */
public final class ParentBasedSampler implements Sampler {

  private final Sampler root;

  public ParentBasedSampler(Sampler root) {
    this.root = root;
  }

  @Override
  public boolean sampleRoot(long traceIdHigh, long traceIdLow) {
    return root.sampleRoot(traceIdHigh, traceIdLow);
  }

  @Override
  public boolean sampleRemoteChild(SpanContext parent, long traceIdLow) {
    return parent.sampled();
  }

  @Override
  public @Nullable String rootTraceState() {
    return root.rootTraceState();
  }

  @Override
  public String description() {
    return "parentbased_" + root.description();
  }
}
