package io.otlpagent.instrumentation.trace.sampling;

import io.otlpagent.instrumentation.trace.RateLimit;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SamplingDecision;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.TailRule;
import org.jspecify.annotations.Nullable;

/**
 * A sampler with what operators put around it: rules before it, a limit after it, a tail rule for
 * what both left out. Neither rules nor limit change the decision of a caller that is followed,
 * except that a rule may have a request ignored.
 */
public final class LayeredSampler implements Sampler {

  private final Sampler base;
  private final SamplingRule[] rules;
  private final boolean readsPath;
  private final double perSecond;
  private final @Nullable RateLimit limit;
  private final @Nullable TailRule tailRule;
  private final SamplingDecision unknown = SamplingDecision.sampled();
  private final SamplingDecision limited;

  /**
   * @param base decides where no rule matches
   * @param rules the first that matches decides
   * @param perSecond how many local roots to sample at most; 0 for no limit
   * @param tailRule null to keep nothing else
   */
  public LayeredSampler(
      Sampler base, SamplingRule[] rules, double perSecond, @Nullable TailRule tailRule) {
    this.base = base;
    this.rules = rules.clone();
    this.readsPath = readsPath(rules);
    this.perSecond = perSecond;
    this.limit = perSecond > 0 ? new RateLimit(perSecond, System.nanoTime()) : null;
    this.tailRule = tailRule;
    this.limited = SamplingDecision.passedOver("limit of " + perSecond + " traces a second");
  }

  private static boolean readsPath(SamplingRule[] rules) {
    for (SamplingRule rule : rules) {
      if (rule.hasRoute()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public SamplingDecision sample(Span root, @Nullable SpanContext parent) {
    SamplingRule rule = rule(root);
    boolean decided = parent != null && parent.decided();
    if (decided && base.followsParent() && (rule == null || !rule.ignores())) {
      return base.sample(root, parent);
    }
    SamplingDecision decision =
        rule == null ? base.sample(root, parent) : rule.sample(root, parent);
    if (limit == null || !decision.isSampled()) {
      return decision;
    }
    // Whatever the threshold was, it is not the probability of what passes a limit.
    return limit.tryAcquire(root.startNanoTime()) ? unknown : limited;
  }

  private @Nullable SamplingRule rule(Span root) {
    for (SamplingRule rule : rules) {
      if (rule.matches(root)) {
        return rule;
      }
    }
    return null;
  }

  @Override
  public boolean followsParent() {
    return base.followsParent();
  }

  @Override
  public boolean readsPath() {
    return readsPath;
  }

  @Override
  public @Nullable TailRule tailRule() {
    return tailRule;
  }

  @Override
  public String description() {
    StringBuilder text = new StringBuilder(base.description());
    if (rules.length > 0) {
      text.append(" after ").append(rules.length).append(rules.length == 1 ? " rule" : " rules");
    }
    if (limit != null) {
      text.append(", at most ").append(perSecond).append(" traces a second");
    }
    if (tailRule != null) {
      text.append(", ").append(tailRule);
    }
    return text.toString();
  }
}
