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

  /** Replaces the sampler, for local roots that start from now on. */
  public void reconfigure(Sampler next) {
    sampler = next;
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
      startRoot(span);
    } else {
      span.traceIdHigh = parent.traceIdHigh;
      span.traceIdLow = parent.traceIdLow;
      span.parentSpanId = parent.spanId;
      span.flags = parent.flags;
      span.traceState = parent.traceState;
      span.baggage = parent.baggage;
      span.localRoot = parent.localRoot;
      span.epochOffsetNanos = parent.epochOffsetNanos;
    }
    begin(span, startNanoTime);
  }

  /**
   * Starts a span for a request that came from another process.
   *
   * @param parent what the request carried; null if nothing valid
   * @param baggage the request's {@code baggage} header, to be passed on; null if none
   */
  public void startRemote(Span span, @Nullable SpanContext parent, @Nullable String baggage) {
    span.baggage = baggage;
    if (parent == null) {
      startRoot(span);
    } else {
      span.traceIdHigh = parent.traceIdHigh();
      span.traceIdLow = parent.traceIdLow();
      span.parentSpanId = parent.spanId();
      span.parentRemote = true;
      span.traceState = parent.traceState();
      boolean sampled = sampler.sampleRemoteChild(parent, parent.traceIdLow());
      span.flags = (parent.flags() & SpanContext.RANDOM) | (sampled ? SpanContext.SAMPLED : 0);
      span.epochOffsetNanos = time.epochOffsetNanos();
    }
    begin(span, System.nanoTime());
  }

  /**
   * Ends a span now and hands it over if it is sampled; a second call does nothing.
   *
   * @return false if the span had ended before
   */
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
      processor.onEnd(span);
      counters.end();
    }
    return true;
  }

  private void startRoot(Span span) {
    span.traceIdHigh = ids.traceIdHigh();
    span.traceIdLow = ids.traceIdLow();
    boolean sampled = sampler.sampleRoot(span.traceIdHigh, span.traceIdLow);
    span.flags = SpanContext.RANDOM | (sampled ? SpanContext.SAMPLED : 0);
    span.traceState = sampled ? sampler.rootTraceState() : null;
    span.epochOffsetNanos = time.epochOffsetNanos();
  }

  private void begin(Span span, long startNanoTime) {
    span.spanId = ids.spanId();
    span.startNanoTime = startNanoTime;
    counters.start(span.sampled());
  }
}
