package io.otlpagent.instrumentation.trace;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One operation: identity, times and outcome here, the values of its convention in the subclass.
 *
 * <p>A span is the only object that the agent allocates for an operation. It belongs to one thread
 * at a time until it ends (an asynchronous operation hands it over with its request) and is then
 * read by the exporter thread, which asks it for its attributes. A span that is not sampled is the
 * same object: it carries the identity that is propagated and the values that the metrics need.
 */
public abstract class Span {

  private static final AtomicIntegerFieldUpdater<Span> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(Span.class, "ended");

  private final InstrumentationScope scope;
  private final SpanKind kind;

  // Written by Tracer.start before anybody else sees the span.
  long traceIdHigh;
  long traceIdLow;
  long spanId;
  long parentSpanId;
  int flags;
  boolean parentRemote;
  @Nullable String traceState;
  @Nullable String baggage;
  Span localRoot = this;
  long startNanoTime;
  long epochOffsetNanos;

  // Written by the thread that ends the span, before the queue publishes it.
  long endNanoTime;
  private volatile int ended;
  private @Nullable String errorType;
  private @Nullable String statusMessage;
  private boolean failed;
  private @Nullable SpanException exception;

  // What was current on the thread that made this span current; owned by that thread.
  @Nullable Span previous;
  boolean current;

  protected Span(InstrumentationScope scope, SpanKind kind) {
    this.scope = scope;
    this.kind = kind;
  }

  /** The name, of low cardinality; final once the span has ended. */
  public abstract String name();

  /** Writes the attributes that the convention asks for. Called on the exporter thread. */
  public abstract void writeAttributes(AttributeWriter writer);

  public final InstrumentationScope scope() {
    return scope;
  }

  public final SpanKind kind() {
    return kind;
  }

  public final long traceIdHigh() {
    return traceIdHigh;
  }

  public final long traceIdLow() {
    return traceIdLow;
  }

  public final long spanId() {
    return spanId;
  }

  /** The id of the parent; 0 for a root. */
  public final long parentSpanId() {
    return parentSpanId;
  }

  public final boolean parentRemote() {
    return parentRemote;
  }

  /** The W3C trace flags: {@link SpanContext#SAMPLED} and {@link SpanContext#RANDOM}. */
  public final int flags() {
    return flags;
  }

  public final boolean sampled() {
    return (flags & SpanContext.SAMPLED) != 0;
  }

  public final @Nullable String traceState() {
    return traceState;
  }

  /** The {@code baggage} header that came with the request, passed on unread; null if none. */
  public final @Nullable String baggage() {
    return baggage;
  }

  /** The first span of this trace in this process; the span itself if it is that. */
  public final Span localRoot() {
    return localRoot;
  }

  public final long startEpochNanos() {
    return startNanoTime + epochOffsetNanos;
  }

  public final long endEpochNanos() {
    return endNanoTime + epochOffsetNanos;
  }

  /** How long the operation took; valid once the span has ended. */
  public final long durationNanos() {
    return endNanoTime - startNanoTime;
  }

  public final boolean ended() {
    return ended != 0;
  }

  /** True for the one caller that ends the span; two threads may try (a completion, a timeout). */
  final boolean claimEnd() {
    return ENDED.compareAndSet(this, 0, 1);
  }

  /**
   * Says that the operation failed.
   *
   * @param errorType of low cardinality: a status code or a class name
   * @param message for the status, only where the attributes do not say it already
   */
  public final void fail(String errorType, @Nullable String message) {
    this.failed = true;
    this.errorType = errorType;
    this.statusMessage = message;
  }

  public final boolean failed() {
    return failed;
  }

  /** The {@code error.type} of a failed operation; null on success. */
  public final @Nullable String errorType() {
    return errorType;
  }

  public final @Nullable String statusMessage() {
    return statusMessage;
  }

  /** Keeps the first exception as the span's {@code exception} event; ignored if not sampled. */
  public final void recordException(Throwable thrown) {
    if (exception == null && sampled()) {
      exception = SpanException.of(thrown, System.nanoTime() + epochOffsetNanos);
    }
  }

  public final @Nullable SpanException exception() {
    return exception;
  }
}
