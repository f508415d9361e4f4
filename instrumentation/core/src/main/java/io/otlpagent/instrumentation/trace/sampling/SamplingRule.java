package io.otlpagent.instrumentation.trace.sampling;

import io.otlpagent.instrumentation.trace.RateLimit;
import io.otlpagent.instrumentation.trace.SamplingDecision;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to do with the local roots of one kind: sample a share of them, at most so many a second, or
 * none. Immutable but for its limit; called on application threads.
 */
public final class SamplingRule {

  private final String name;
  private final @Nullable SpanKind kind;
  private final @Nullable String method;
  private final @Nullable PathPattern route;
  private final @Nullable RatioSampler ratio;
  private final @Nullable RateLimit limit;
  private final SamplingDecision ignored;
  private final SamplingDecision limited;
  private final SamplingDecision unknown = SamplingDecision.sampled();

  /**
   * @param name for messages, such as {@code rule 2}
   * @param match which roots it is for
   * @param ratio the share to sample, 0.0 to 1.0; 0 ignores them altogether
   * @param limitPerSecond how many to sample at most; 0 for no limit
   * @throws IllegalArgumentException if the ratio is none
   */
  public SamplingRule(String name, Match match, double ratio, double limitPerSecond) {
    this.name = name;
    this.kind = match.kind;
    this.method = match.method;
    this.route = match.route;
    this.ratio = ratio == 0 ? null : new RatioSampler(ratio, name + ": ratio " + ratio);
    this.limit = limitPerSecond > 0 ? new RateLimit(limitPerSecond, System.nanoTime()) : null;
    this.ignored = SamplingDecision.refused(name + ": ignored");
    this.limited = SamplingDecision.passedOver(name + ": limit of " + limitPerSecond + " a second");
  }

  boolean matches(Span root) {
    if ((kind != null && kind != root.kind())
        || (method != null && !method.equals(root.requestMethod()))) {
      return false;
    }
    if (route == null) {
      return true;
    }
    String path = root.requestPath();
    return path != null && route.matches(path);
  }

  /** Whether what it matches is never wanted, even if a caller samples it. */
  boolean ignores() {
    return ratio == null;
  }

  boolean hasRoute() {
    return route != null;
  }

  SamplingDecision sample(Span root, @Nullable SpanContext parent) {
    if (ratio == null) {
      return ignored;
    }
    SamplingDecision decision = ratio.sample(root, parent);
    if (limit == null || !decision.isSampled()) {
      return decision;
    }
    return limit.tryAcquire(root.startNanoTime()) ? unknown : limited;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Which local roots a rule is for; what is null is not looked at. Immutable. */
  public static final class Match {

    private final @Nullable SpanKind kind;
    private final @Nullable String method;
    private final @Nullable PathPattern route;

    /**
     * @param kind of the span
     * @param method of an HTTP request, in any case
     * @param route a pattern of the path of a request to this process
     * @throws IllegalArgumentException if the pattern is none; the message says what to change
     */
    public Match(@Nullable SpanKind kind, @Nullable String method, @Nullable String route) {
      this.kind = kind;
      this.method = method == null ? null : method.toUpperCase(Locale.ROOT);
      this.route = route == null ? null : PathPattern.of(route);
    }
  }
}
