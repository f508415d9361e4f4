package io.otlpagent.instrumentation.trace;

/** The only exit for spans. Called on application threads; must neither block nor throw. */
public interface SpanProcessor {

  /** Takes over a sampled span that has ended. */
  void onEnd(Span span);

  /** Counts spans of a trace that is kept after all, for which there had been no room. */
  default void onLost(int spans) {}
}
