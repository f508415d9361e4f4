package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a span of another process, as it arrived with a request. Immutable and valid: a
 * propagator makes none from bad input.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/">W3C Trace Context, Level 2</a>
 */
public final class SpanContext {

  /** Bit 0 of the trace flags: the caller recorded the trace. */
  public static final int SAMPLED = 1;

  /** Bit 1 of the trace flags: at least the right-most 56 bits of the trace id are random. */
  public static final int RANDOM = 2;

  private final long traceIdHigh;
  private final long traceIdLow;
  private final long spanId;
  private final int flags;
  private final @Nullable String traceState;

  /**
   * @param flags of the trace; only {@link #SAMPLED} and {@link #RANDOM} are kept
   * @param traceState the members as received, joined; null if there are none
   */
  public SpanContext(
      long traceIdHigh, long traceIdLow, long spanId, int flags, @Nullable String traceState) {
    this.traceIdHigh = traceIdHigh;
    this.traceIdLow = traceIdLow;
    this.spanId = spanId;
    this.flags = flags & (SAMPLED | RANDOM);
    this.traceState = traceState;
  }

  public long traceIdHigh() {
    return traceIdHigh;
  }

  public long traceIdLow() {
    return traceIdLow;
  }

  public long spanId() {
    return spanId;
  }

  public int flags() {
    return flags;
  }

  public boolean sampled() {
    return (flags & SAMPLED) != 0;
  }

  public @Nullable String traceState() {
    return traceState;
  }
}
