package io.otlpagent.instrumentation.trace;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps traces that the sampler passed over, if it turns out that they failed or were slow. Until
 * the local root ends their spans are held here, within two bounds, and of an incident in which all
 * fails so many traces a second are kept as the operator allows. It sees this process only: what is
 * called meanwhile hears that the trace is not sampled.
 *
 * <p>Used by application threads, without locks; the exporter thread looks now and then for traces
 * whose root does not end.
 */
public final class TailRule {

  /** When a trace is decided although its root goes on. */
  private static final long MAX_AGE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int PROBES = 8;

  private final boolean errors;
  private final long slowerThanNanos;
  private final int maxSpansPerTrace;
  private final int maxSpans;

  // Replaced before the rule is in use, if at all; null for no limit.
  private @Nullable RateLimit limit;
  private double perSecond;

  // Traces that hold spans, each at a place that its id chooses. Two to four places for each.
  private final AtomicReferenceArray<@Nullable HeldTrace> traces;

  // Of all rules of the process together. Replaced before the rule is in use, if at all.
  private AtomicInteger held = new AtomicInteger();

  // Set by the exporter thread a while after the rule was replaced.
  private volatile boolean closed;

  /**
   * @param errors whether to keep traces of which a span failed
   * @param slowerThanNanos keep traces whose root takes longer; 0 for none
   * @param maxSpansPerTrace held beside the root
   * @param maxSpans held of all traces together
   */
  public TailRule(boolean errors, long slowerThanNanos, int maxSpansPerTrace, int maxSpans) {
    this.errors = errors;
    this.slowerThanNanos = slowerThanNanos;
    this.maxSpansPerTrace = maxSpansPerTrace;
    this.maxSpans = maxSpans;
    this.traces = new AtomicReferenceArray<>(Integer.highestOneBit(Math.max(4, maxSpans - 1)) << 2);
  }

  /**
   * Keeps at most so many traces a second; to be called before any use.
   *
   * @param perSecond 0 for no limit
   */
  public TailRule atMost(double perSecond) {
    this.perSecond = perSecond;
    this.limit = perSecond > 0 ? new RateLimit(perSecond, System.nanoTime()) : null;
    return this;
  }

  /** Has the bound hold for what another rule holds and for this one together; before any use. */
  void succeed(TailRule former) {
    held = former.held;
  }

  /** Takes no further trace: nobody is going to look for those that do not end. */
  void close() {
    closed = true;
  }

  /**
   * How many spans are held now, by this rule and those it has replaced; those of their roots not
   * counted.
   */
  public int held() {
    return held.get();
  }

  boolean keeps(boolean failed, long durationNanos) {
    return (failed && errors) || (slowerThanNanos > 0 && durationNanos > slowerThanNanos);
  }

  /** Whether one more trace may be kept now; then it counts as kept. */
  boolean tryKeep(long nowNanos) {
    RateLimit current = limit;
    return current == null || current.tryAcquire(nowNanos);
  }

  int maxSpansPerTrace() {
    return maxSpansPerTrace;
  }

  /** Makes room for one span; false if there is none. */
  boolean reserve() {
    if (held.getAndIncrement() < maxSpans) {
      return true;
    }
    held.getAndDecrement();
    return false;
  }

  void release(int spans) {
    if (spans > 0) {
      held.addAndGet(-spans);
    }
  }

  /** Where the trace now stands; -1 if there is no place for it. */
  int register(HeldTrace trace, long random) {
    if (closed) {
      return -1;
    }
    int mask = traces.length() - 1;
    for (int i = 0; i < PROBES; i++) {
      int place = (int) (random + i) & mask;
      if (traces.get(place) == null && traces.compareAndSet(place, null, trace)) {
        return place;
      }
    }
    return -1;
  }

  void unregister(HeldTrace trace, int place) {
    traces.compareAndSet(place, trace, null);
  }

  /**
   * Decides what is older than a minute, so that a root that never ends holds nothing for ever.
   *
   * @return whether traces are left
   */
  boolean sweep(Tracer tracer, long nowNanos) {
    if (held.get() == 0 && !closed) {
      return false;
    }
    long maxAge = maxAgeNanos();
    boolean left = false;
    for (int i = 0; i < traces.length(); i++) {
      HeldTrace trace = traces.get(i);
      if (trace != null && nowNanos - trace.startNanoTime() > maxAge) {
        trace.lapse(tracer, nowNanos);
        trace = traces.get(i);
      }
      left |= trace != null;
    }
    return left;
  }

  long maxAgeNanos() {
    return Math.max(MAX_AGE_NANOS, slowerThanNanos);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("keeping ");
    text.append(errors ? "errors" : "");
    if (slowerThanNanos > 0) {
      text.append(errors ? " and " : "").append("what takes longer than ");
      text.append(TimeUnit.NANOSECONDS.toMillis(slowerThanNanos)).append(" ms");
    }
    if (perSecond > 0) {
      text.append(", at most ").append(perSecond).append(" traces a second");
    }
    return text.toString();
  }
}
