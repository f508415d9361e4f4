package io.otlpagent.instrumentation.trace;

import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import io.otlpagent.instrumentation.trace.exception.SpanException;
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
public abstract class Span implements ContextEntry {

  private static final AtomicIntegerFieldUpdater<Span> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(Span.class, "ended");

  private static final int WIRE_FLAGS = 0xFF;

  /** A flag of our own: not sampled, but a tail rule may keep it. Children inherit it. */
  static final int HELD = 0x100;

  /** A flag of our own: a local root that {@link UnsampledRequests} shows. */
  static final int NOTED = 0x200;

  /** A flag of our own: counted as one that waits on no thread. */
  static final int PARKED = 0x400;

  private final InstrumentationScope scope;
  private final SpanKind kind;

  // Written by Tracer.start before anybody else sees the span; of the flags a key before it.
  long traceIdHigh;
  long traceIdLow;
  long spanId;
  long parentSpanId;
  int flags;
  boolean parentRemote;
  @Nullable String traceState;
  @Nullable String baggage;
  Span localRoot = this;
  // Of a local root that is held: its HeldTrace. Of another span in the list of one: the next.
  @Nullable Object held;
  long startNanoTime;
  long epochOffsetNanos;

  // Written by the thread that ends the span, before the queue publishes it.
  long endNanoTime;
  private volatile int ended;
  private @Nullable String errorType;
  private @Nullable String statusMessage;
  private @Nullable RecordedException exception;

  // What was current on the thread that made this span current; owned by that thread.
  @Nullable ContextEntry previous;
  boolean current;

  protected Span(InstrumentationScope scope, SpanKind kind) {
    this.scope = scope;
    this.kind = kind;
  }

  /**
   * @param key what the span is the outermost layer of; its children inherit it
   */
  protected Span(InstrumentationScope scope, SpanKind kind, SpanKey key) {
    this(scope, kind);
    this.flags = key.flag;
  }

  /** The name, of low cardinality; final once the span has ended. */
  public abstract String name();

  /** Writes the attributes that the convention asks for. Called on the exporter thread. */
  public abstract void writeAttributes(AttributeWriter writer);

  @Override
  public final Span span() {
    return this;
  }

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
    return flags & WIRE_FLAGS;
  }

  /** Whether it is recorded because the caller looks for an error: that is to be passed on. */
  public final boolean debugged() {
    return sampled() && (flags & SpanContext.DEBUG) != 0;
  }

  public final boolean sampled() {
    return (flags & SpanContext.SAMPLED) != 0;
  }

  /** Whether the values of the span may be wanted: it is sampled, or a tail rule may keep it. */
  public final boolean recorded() {
    return (flags & (SpanContext.SAMPLED | HELD)) != 0;
  }

  /** Whether this span is under way and has the key, or an ancestor: what begins below is inner. */
  public final boolean isWithin(SpanKey key) {
    return (flags & key.flag) != 0 && !ended();
  }

  /** The flags that a child inherits. */
  final int inherited() {
    return flags & ~(NOTED | PARKED | (ended() ? SpanKey.ALL : 0));
  }

  /** Takes the flags of the trace in addition to its own key. */
  final void inherit(int trace) {
    flags = trace | (flags & SpanKey.ALL);
  }

  /** Whether {@link #label} may be wanted although the span is not recorded. */
  public final boolean noted() {
    return (flags & NOTED) != 0;
  }

  /** The HTTP method, if this is a request; a sampling rule may ask for it as the span starts. */
  public @Nullable String requestMethod() {
    return null;
  }

  /** The path of a request to this process, as it was sent, if it was read by then. */
  public @Nullable String requestPath() {
    return null;
  }

  /** What operators know the operation by, even if it was not recorded. Called by any thread. */
  public String label() {
    return name();
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

  /** When the operation began, by {@link System#nanoTime}. */
  public final long startNanoTime() {
    return startNanoTime;
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

  /** False if it need not be counted as one that waits on no thread: it is, or is not live. */
  final boolean park() {
    boolean fresh = sampled() && !ended() && (flags & PARKED) == 0;
    flags |= fresh ? PARKED : 0;
    return fresh;
  }

  /** Whether it was counted as one that waits on no thread; it is no longer. */
  final boolean unpark() {
    boolean was = (flags & PARKED) != 0;
    flags &= ~PARKED;
    return was;
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
    this.errorType = errorType;
    this.statusMessage = message;
  }

  public final boolean failed() {
    return errorType != null;
  }

  /** The {@code error.type} of a failed operation; null on success. */
  public final @Nullable String errorType() {
    return errorType;
  }

  /**
   * {@link #fail} by an exception, whose message becomes that of the status: outside the context.
   */
  public final void failBy(String errorType, Throwable thrown) {
    fail(errorType, null);
    recordException(thrown);
    RecordedException recorded = exception;
    if (recorded != null) {
      recorded.failedBy = true;
    }
  }

  /** Takes back a failure that has turned out to be none, with its exception. */
  public final void recover() {
    this.errorType = null;
    this.statusMessage = null;
    this.exception = null;
  }

  /** The message of the status: what may be shown of it. */
  public final @Nullable String statusMessage() {
    RecordedException recorded = exception;
    SpanException shown = recorded == null || !recorded.failedBy ? null : exception();
    return shown == null ? statusMessage : shown.message();
  }

  /** Keeps the first exception as the span's {@code exception} event; ignored if not recorded. */
  public final void recordException(Throwable thrown) {
    if (exception == null && recorded()) {
      long now = System.nanoTime() + epochOffsetNanos;
      exception = new RecordedException(SpanException.of(thrown, now));
    }
  }

  /** The exception as it was thrown; null if none was. */
  protected final @Nullable SpanException thrownException() {
    return exception == null ? null : exception.thrown;
  }

  /** What may be shown of the exception; null if none was thrown. */
  public final @Nullable SpanException exception() {
    RecordedException recorded = exception;
    if (recorded == null) {
      return null;
    }
    SpanException shown = recorded.shown;
    if (shown == null) {
      shown = shown(recorded.thrown);
      recorded.shown = shown;
    }
    return shown;
  }

  /** What may be shown of an exception: its texts can hold secrets. On the exporter thread. */
  protected SpanException shown(SpanException thrown) {
    return thrown;
  }
}
