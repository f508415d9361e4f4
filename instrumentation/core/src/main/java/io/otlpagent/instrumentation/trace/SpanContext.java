package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a span of another process, as it arrived with a request. Immutable and valid: a
 * propagator makes none from bad input. One that is a mere {@link #decision} has no ids; one whose
 * span id is 0 names the trace that begins here.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/">W3C Trace Context, Level 2</a>
 */
public final class SpanContext {

  /** Bit 0 of the trace flags: the caller recorded the trace. */
  public static final int SAMPLED = 1;

  /** Bit 1 of the trace flags: at least the right-most 56 bits of the trace id are random. */
  public static final int RANDOM = 2;

  /** The caller wants the trace recorded to find an error; only the headers of Zipkin say so. */
  public static final int DEBUG = 0x400;

  /** The caller leaves it to us whether the trace is recorded. */
  public static final int UNDECIDED = 0x800;

  private static final SpanContext ACCEPTED = new SpanContext(0, 0, 0, SAMPLED, null);
  private static final SpanContext DEBUGGED = new SpanContext(0, 0, 0, SAMPLED | DEBUG, null);
  private static final SpanContext DENIED = new SpanContext(0, 0, 0, 0, null);

  private final long traceIdHigh;
  private final long traceIdLow;
  private final long spanId;
  private final int flags;
  private final @Nullable String traceState;

  /**
   * @param spanId 0 if the trace has an id but no span yet
   * @param flags of the trace; only {@link #SAMPLED}, {@link #RANDOM}, {@link #DEBUG} and {@link
   *     #UNDECIDED} are kept
   * @param traceState the members as received, joined; null if there are none
   */
  public SpanContext(
      long traceIdHigh, long traceIdLow, long spanId, int flags, @Nullable String traceState) {
    this.traceIdHigh = traceIdHigh;
    this.traceIdLow = traceIdLow;
    this.spanId = spanId;
    this.flags = flags & (SAMPLED | RANDOM | DEBUG | UNDECIDED);
    this.traceState = traceState;
  }

  /**
   * What a caller decided who names no trace: the trace begins here.
   *
   * @param flags {@link #SAMPLED}, that and {@link #DEBUG}, or 0
   */
  public static SpanContext decision(int flags) {
    return (flags & DEBUG) != 0 ? DEBUGGED : (flags & SAMPLED) != 0 ? ACCEPTED : DENIED;
  }

  /** Whether it names a trace; false for a mere {@link #decision}. */
  boolean hasTraceId() {
    return (traceIdHigh | traceIdLow) != 0;
  }

  /** Whether the caller said if the trace is recorded. */
  public boolean decided() {
    return (flags & UNDECIDED) == 0;
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
