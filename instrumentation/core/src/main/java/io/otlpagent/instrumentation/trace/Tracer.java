package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/**
 * Starts and ends spans. One is installed for the process; until then, and after {@link
 * #uninstall()}, {@link #installed()} is null and nothing is recorded. Thread-safe.
 */
public final class Tracer {

  private static volatile @Nullable Tracer installed;
  // The same tracer also while it is paused.
  private static volatile @Nullable Tracer ending;

  // Written by the exporter thread when the settings change, read at each start of a trace.
  private volatile Sampler sampler;
  private final IdGenerator ids;
  private final TimeSource time;
  private final SpanCounters counters;
  private final SpanProcessor processor;

  // Owned by the thread that reconfigures and sweeps; others ask the last rule what is held.
  private @Nullable ReplacedRules replacedRules;
  private volatile @Nullable TailRule lastRule;

  // Made by whoever needs it first: premain can do without. If two are, one note is lost.
  private volatile @Nullable UnsampledRequests unsampled;

  public Tracer(
      Sampler sampler,
      IdGenerator ids,
      TimeSource time,
      SpanCounters counters,
      SpanProcessor processor) {
    this.sampler = sampler;
    this.ids = ids;
    this.time = time;
    this.counters = counters;
    this.processor = processor;
    this.lastRule = sampler.tailRule();
  }

  /** The tracer that starts spans; null if none is installed or it is paused. */
  public static @Nullable Tracer installed() {
    return installed;
  }

  /** The tracer that ends what was started; null if none is installed. */
  public static @Nullable Tracer ending() {
    return ending;
  }

  public static void install(Tracer tracer) {
    ending = tracer;
    installed = tracer;
  }

  public static void uninstall() {
    installed = null;
    ending = null;
  }

  /** From now on nothing begins, so nothing is propagated either; what has begun ends as usual. */
  public static void pause() {
    installed = null;
  }

  /** Undoes {@link #pause}. */
  public static void resume() {
    installed = ending;
  }

  /** Lets another sampler decide on what begins; what the old tail rule holds is still its own. */
  public void reconfigure(Sampler next) {
    TailRule old = sampler.tailRule();
    TailRule rule = next.tailRule();
    TailRule former = lastRule;
    if (rule != null && rule != former) {
      if (former != null) {
        rule.succeed(former);
      }
      lastRule = rule;
    }
    sampler = next;
    if (old != null && old != rule) {
      ReplacedRules replaced = replacedRules == null ? new ReplacedRules() : replacedRules;
      replaced.add(old, System.nanoTime());
      replacedRules = replaced;
    }
  }

  /** How many spans are held for a tail rule, also for one that was replaced. */
  public int held() {
    TailRule rule = lastRule;
    return rule == null ? 0 : rule.held();
  }

  /** The sampler in use. */
  public Sampler sampler() {
    return sampler;
  }

  /** Whether the path of a request is to be known when its span is started. */
  public boolean readsPath() {
    return sampler.readsPath();
  }

  /** The last local roots of which nothing was recorded. */
  public UnsampledRequests unsampledRequests() {
    UnsampledRequests known = unsampled;
    if (known == null) {
      known = new UnsampledRequests();
      unsampled = known;
    }
    return known;
  }

  /** Decides held traces whose root does not end; called now and then by the exporter thread. */
  public void sweepHeld() {
    sweepHeld(System.nanoTime());
  }

  void sweepHeld(long nowNanos) {
    TailRule rule = sampler.tailRule();
    if (rule != null) {
      rule.sweep(this, nowNanos);
    }
    ReplacedRules old = replacedRules;
    if (old != null) {
      old.sweep(this, nowNanos);
    }
  }

  /** Starts a span as the child of the current one, or as a root. Does not make it current. */
  public void start(Span span) {
    startAt(span, Context.current(), System.nanoTime());
  }

  /**
   * Starts a span as the child of a span of this process.
   *
   * @param parent null for a root
   * @param startNanoTime when the operation began, on the clock of {@link System#nanoTime()}
   */
  public void startAt(Span span, @Nullable Span parent, long startNanoTime) {
    if (parent == null) {
      startRoot(span, null, startNanoTime);
      return;
    }
    span.startNanoTime = startNanoTime;
    span.traceIdHigh = parent.traceIdHigh;
    span.traceIdLow = parent.traceIdLow;
    span.spanId = ids.spanId();
    span.parentSpanId = parent.spanId;
    span.inherit(parent.inherited());
    span.traceState = parent.traceState;
    span.baggage = parent.baggage;
    span.localRoot = parent.localRoot;
    span.epochOffsetNanos = parent.epochOffsetNanos;
    count(span);
  }

  /**
   * Starts a span for a request that came from another process.
   *
   * @param parent what the request carried; null if nothing valid
   * @param baggage the request's {@code baggage} header, to be passed on; null if none
   */
  public void startRemote(Span span, @Nullable SpanContext parent, @Nullable String baggage) {
    span.baggage = baggage;
    startRoot(span, parent, System.nanoTime());
  }

  /** Ends a span now and hands it over if it is sampled; false if it had ended before. */
  public boolean end(Span span) {
    return endAt(span, System.nanoTime());
  }

  /** {@link #end} with the moment of the end, on the clock of {@link System#nanoTime()}. */
  public boolean endAt(Span span, long endNanoTime) {
    if (!span.claimEnd()) {
      return false;
    }
    span.endNanoTime = endNanoTime;
    if (span.sampled()) {
      unpark(span);
      processor.onEnd(span);
      counters.end();
    } else if (span.recorded()) {
      endHeld(span);
    }
    return true;
  }

  /** Takes back the start of a span that has no children, unless it has ended. */
  public void abandon(Span span) {
    if (span.claimEnd()) {
      unpark(span);
      counters.abandon(span);
    }
  }

  /** Says that a live span waits on no thread, for long perhaps: the exit does not wait for it. */
  public void park(Span span) {
    if (span.park()) {
      counters.park();
    }
  }

  /** Undoes {@link #park}, if it was called: a thread goes on with the span. */
  public void unpark(Span span) {
    if (span.unpark()) {
      counters.unpark();
    }
  }

  private void startRoot(Span span, @Nullable SpanContext parent, long startNanoTime) {
    span.startNanoTime = startNanoTime;
    span.epochOffsetNanos = time.epochOffsetNanos();
    span.spanId = ids.spanId();
    int kept = parent == null ? 0 : parent.flags() & (SpanContext.RANDOM | SpanContext.DEBUG);
    if (parent == null || !parent.hasTraceId()) {
      span.traceIdHigh = ids.traceIdHigh();
      span.traceIdLow = ids.traceIdLow();
      kept |= SpanContext.RANDOM;
    } else {
      span.traceIdHigh = parent.traceIdHigh();
      span.traceIdLow = parent.traceIdLow();
      span.parentSpanId = parent.spanId();
      span.parentRemote = parent.spanId() != 0;
    }
    Sampler deciding = sampler;
    SamplingDecision decision = deciding.sample(span, parent);
    span.traceState = decision.traceState(parent == null ? null : parent.traceState());
    span.inherit(
        kept | (decision.isSampled() ? SpanContext.SAMPLED : passOver(span, deciding, decision)));
    count(span);
  }

  /** The flags of a root that is not sampled. */
  private int passOver(Span root, Sampler sampler, SamplingDecision decision) {
    TailRule tailRule = decision.mayBeOverruled() ? sampler.tailRule() : null;
    if (tailRule != null) {
      root.held = new HeldTrace(tailRule, decision, root);
      return Span.HELD;
    }
    String reason = decision.reason();
    return note(root, reason == null ? "" : reason, root.startNanoTime) ? Span.NOTED : 0;
  }

  private void count(Span span) {
    if (span.sampled()) {
      counters.start(ParentOrigin.of(span));
    } else if (!span.recorded()) {
      counters.skip(ParentOrigin.of(span), 1);
    }
  }

  private void endHeld(Span span) {
    Object trace = span.localRoot.held;
    if (trace instanceof HeldTrace) {
      ((HeldTrace) trace).end(span, this);
    }
  }

  /** Hands over a span that was held: from now on it is a sampled one. */
  void keep(Span span) {
    span.flags = (span.flags & ~Span.HELD) | SpanContext.SAMPLED;
    counters.start(ParentOrigin.of(span));
    processor.onEnd(span);
    counters.end();
  }

  /** Counts spans of a trace that is kept, for which there was no room. */
  void lose(int spans) {
    if (spans > 0) {
      counters.startAndEnd(spans);
      processor.onLost(spans);
    }
  }

  /** Counts a trace that was worth keeping when there was no room for another one. */
  void letGo() {
    counters.letGo();
  }

  /** Counts held spans that nobody wants; all of them are children. */
  void discard(int spans) {
    counters.skip(ParentOrigin.LOCAL, spans);
  }

  /** Counts a local root that nobody wants. */
  void discard(Span root) {
    counters.skip(ParentOrigin.of(root), 1);
  }

  boolean note(Span root, String reason, long nowNanos) {
    return unsampledRequests().note(root, reason, nowNanos);
  }
}
