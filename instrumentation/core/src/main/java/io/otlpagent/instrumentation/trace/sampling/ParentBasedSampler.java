package io.otlpagent.instrumentation.trace.sampling;

import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SamplingDecision;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.TailRule;
import org.jspecify.annotations.Nullable;

/** Follows the decision of a remote parent; asks another sampler for roots. */
public final class ParentBasedSampler implements Sampler {

  private final Sampler root;

  public ParentBasedSampler(Sampler root) {
    this.root = root;
  }

  @Override
  public SamplingDecision sample(Span span, @Nullable SpanContext parent) {
    if (parent == null || !parent.decided()) {
      return root.sample(span, parent);
    }
    return parent.sampled() ? SamplingDecision.FOLLOWED : SamplingDecision.FOLLOWED_NO;
  }

  @Override
  public boolean followsParent() {
    return true;
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
    return "parentbased_" + root.description();
  }
}
