package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/**
 * What a sampler says of a local root. Immutable; samplers make theirs in advance, so that deciding
 * allocates nothing. Read by the thread that starts the root.
 */
public final class SamplingDecision {

  /** The caller's decision to sample, followed: its {@code tracestate} goes on unchanged. */
  public static final SamplingDecision FOLLOWED = new SamplingDecision(null, false, true, null);

  /** The caller's decision not to sample, followed. */
  public static final SamplingDecision FOLLOWED_NO =
      new SamplingDecision("the caller's trace is not sampled", false, true, null);

  private final @Nullable String reason;
  private final boolean own;
  private final boolean keepsTraceState;
  private final @Nullable String threshold;
  private final @Nullable String discardedReason;

  private SamplingDecision(
      @Nullable String reason, boolean own, boolean keepsTraceState, @Nullable String threshold) {
    this.reason = reason;
    this.own = own;
    this.keepsTraceState = keepsTraceState;
    this.threshold = threshold;
    this.discardedReason = own && reason != null ? reason + "; neither failed nor slow" : reason;
  }

  /** To sample, with a probability that nobody knows. */
  public static SamplingDecision sampled() {
    return new SamplingDecision(null, true, false, null);
  }

  /**
   * To sample, with a known probability.
   *
   * @param threshold the {@code th} of the {@code ot} member
   */
  public static SamplingDecision sampled(String threshold) {
    return new SamplingDecision(null, true, false, threshold);
  }

  /** To sample, leaving to the caller's {@code tracestate} what it says. */
  static SamplingDecision sampledAsIs() {
    return new SamplingDecision(null, false, true, null);
  }

  /**
   * Not to sample; a tail rule may still keep the trace.
   *
   * @param reason for operators
   */
  public static SamplingDecision passedOver(String reason) {
    return new SamplingDecision(reason, true, false, null);
  }

  /** Not to sample, whatever becomes of the trace. */
  public static SamplingDecision refused(String reason) {
    return new SamplingDecision(reason, false, false, null);
  }

  public boolean isSampled() {
    return reason == null;
  }

  /** Why the root is not sampled, in a few words; null if it is. */
  public @Nullable String reason() {
    return reason;
  }

  /** Why nothing is left of a trace that was held. */
  String discardedReason() {
    return discardedReason == null ? "" : discardedReason;
  }

  /** Whether this was a matter of chance or number, which a tail rule may overrule. */
  public boolean mayBeOverruled() {
    return own && reason != null;
  }

  /**
   * The {@code tracestate} of the root.
   *
   * @param received the caller's; null if there is none
   */
  public @Nullable String traceState(@Nullable String received) {
    if (keepsTraceState) {
      return received;
    }
    return OtTraceState.withThreshold(received, threshold);
  }

  @Override
  public String toString() {
    return reason == null ? "sampled" : reason;
  }
}
