package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/** Decides whether a new local root is sampled. Immutable; called on application threads. */
public interface Sampler {

  /** Samples every root. */
  Sampler ALWAYS_ON = new ConstantSampler(true);

  /** Samples no root. */
  Sampler ALWAYS_OFF = new ConstantSampler(false);

  /** The decision for a span without a parent. */
  boolean sampleRoot(long traceIdHigh, long traceIdLow);

  /** The decision for a span whose parent is in another process. */
  boolean sampleRemoteChild(SpanContext parent, long traceIdLow);

  /**
   * The {@code tracestate} of a sampled root, from which a backend learns the probability; null if
   * there is nothing to say.
   */
  @Nullable String rootTraceState();

  /** How the start line and the configuration dump name this sampler. */
  String description();
}
