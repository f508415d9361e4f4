package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a new local root, the first span of its trace in this process, is sampled. Called
 * on application threads: it takes no lock and allocates nothing. Thread-safe.
 */
public interface Sampler {

  /** Samples every root. */
  Sampler ALWAYS_ON = new ConstantSampler(true);

  /** Samples no root. */
  Sampler ALWAYS_OFF = new ConstantSampler(false);

  /**
   * The decision for a local root.
   *
   * @param root with its trace id, its start, and what it can tell a rule
   * @param parent the caller's span in another process; null if there is none
   */
  SamplingDecision sample(Span root, @Nullable SpanContext parent);

  /** Whether the caller's decision, if there is one, is taken over. */
  boolean followsParent();

  /** Whether {@link #sample} asks requests for their path. */
  boolean readsPath();

  /** What may still keep a trace that this sampler passed over; null if nothing may. */
  @Nullable TailRule tailRule();

  /** How the start line and the configuration dump name this sampler. */
  String description();
}
