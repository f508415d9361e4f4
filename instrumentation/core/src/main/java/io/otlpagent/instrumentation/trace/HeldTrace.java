package io.otlpagent.instrumentation.trace;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one local root that the sampler passed over, until a {@link TailRule} can decide:
 * one object a trace, from which the spans that have ended hang as a list. Used by the threads that
 * end them, without locks, and by the exporter thread if the root does not end.
 *
 * <p>Each span is settled once: by the decision if it is in the list by then, else by itself.
 */
final class HeldTrace {

  private static final Object KEPT = new Object();
  private static final Object DISCARDED = new Object();

  private static final AtomicReferenceFieldUpdater<HeldTrace, @Nullable Object> HEAD =
      AtomicReferenceFieldUpdater.newUpdater(HeldTrace.class, Object.class, "head");
  private static final AtomicIntegerFieldUpdater<HeldTrace> SIZE =
      AtomicIntegerFieldUpdater.newUpdater(HeldTrace.class, "size");
  private static final AtomicIntegerFieldUpdater<HeldTrace> CUT =
      AtomicIntegerFieldUpdater.newUpdater(HeldTrace.class, "cut");
  private static final AtomicIntegerFieldUpdater<HeldTrace> PLACE =
      AtomicIntegerFieldUpdater.newUpdater(HeldTrace.class, "place");

  private static final int NO_PLACE = -1;
  private static final int BEING_PLACED = -2;
  private static final int DECIDED = -1;

  private final TailRule rule;
  private final SamplingDecision decision;
  private final long random;
  private final long startNanoTime;

  // The span that ended last, from which the others hang, until it is KEPT or DISCARDED.
  private volatile @Nullable Object head;
  private volatile boolean failed;
  private volatile int size;
  // Spans that there was no room for; then DECIDED, after the head is.
  private volatile int cut;
  private volatile int place = NO_PLACE;

  HeldTrace(TailRule rule, SamplingDecision decision, Span root) {
    this.rule = rule;
    this.decision = decision;
    this.random = root.traceIdLow;
    this.startNanoTime = root.startNanoTime;
  }

  long startNanoTime() {
    return startNanoTime;
  }

  /** Takes over a span that has ended. */
  void end(Span span, Tracer tracer) {
    if (span.localRoot == span) {
      endRoot(span, tracer);
    } else {
      endChild(span, tracer);
    }
  }

  private void endRoot(Span root, Tracer tracer) {
    boolean wanted = rule.keeps(failed || root.failed(), root.durationNanos());
    // The root first: if the queue is full it is the one not to lose.
    if (head == KEPT || (wanted && rule.tryKeep(root.endNanoTime))) {
      tracer.keep(root);
      decide(KEPT, tracer);
    } else if (decide(DISCARDED, tracer) == KEPT) {
      tracer.keep(root);
    } else {
      if (wanted) {
        tracer.letGo();
      }
      tracer.discard(root);
      tracer.note(root, decision.discardedReason(), root.endNanoTime);
    }
  }

  private void endChild(Span span, Tracer tracer) {
    if (span.failed()) {
      failed = true;
    }
    if (isDecided(head)) {
      follow(span, tracer);
    } else if (!hasRoom()) {
      if (!addCut(1)) {
        // Decided meanwhile, perhaps before there was a place to leave.
        leavePlace();
        follow(span, tracer);
      }
    } else if (!push(span)) {
      rule.release(1);
      leavePlace();
      follow(span, tracer);
    }
  }

  private boolean hasRoom() {
    return size < rule.maxSpansPerTrace()
        && SIZE.getAndIncrement(this) < rule.maxSpansPerTrace()
        && isPlaced()
        && rule.reserve();
  }

  private boolean isPlaced() {
    if (place != NO_PLACE || !PLACE.compareAndSet(this, NO_PLACE, BEING_PLACED)) {
      return true;
    }
    place = rule.register(this, random);
    return place != NO_PLACE;
  }

  private void leavePlace() {
    int was = place;
    if (was >= 0) {
      rule.unregister(this, was);
    }
  }

  private boolean push(Span span) {
    while (true) {
      Object was = head;
      if (isDecided(was)) {
        span.held = null;
        return false;
      }
      span.held = was;
      if (HEAD.compareAndSet(this, was, span)) {
        return true;
      }
    }
  }

  private boolean addCut(int spans) {
    while (true) {
      int was = cut;
      if (was == DECIDED) {
        return false;
      }
      if (CUT.compareAndSet(this, was, was + spans)) {
        return true;
      }
    }
  }

  private void follow(Span span, Tracer tracer) {
    if (head == KEPT) {
      tracer.keep(span);
    } else {
      tracer.discard(1);
    }
  }

  /** What was decided: by this call, unless by another one before. */
  private Object decide(Object outcome, Tracer tracer) {
    Object was;
    do {
      was = head;
      if (was != null && isDecided(was)) {
        return was;
      }
    } while (!HEAD.compareAndSet(this, was, outcome));
    int lost = CUT.getAndSet(this, DECIDED);
    leavePlace();
    int spans = settle(was, outcome == KEPT ? tracer : null);
    rule.release(spans);
    if (outcome == KEPT) {
      tracer.lose(lost);
    } else {
      tracer.discard(spans + lost);
    }
    return outcome;
  }

  /**
   * Takes a list apart.
   *
   * @param keeper null to let the spans go
   * @return how many there were
   */
  private static int settle(@Nullable Object last, @Nullable Tracer keeper) {
    int count = 0;
    Object next = last;
    while (next instanceof Span) {
      Span span = (Span) next;
      next = span.held;
      span.held = null;
      if (keeper != null) {
        keeper.keep(span);
      }
      count++;
    }
    return count;
  }

  /**
   * Decides early if it is clear that the trace is to be kept; else lets go of what is held. Called
   * by the exporter thread for a root that goes on and on.
   */
  void lapse(Tracer tracer, long nowNanos) {
    if (rule.keeps(failed, nowNanos - startNanoTime) && rule.tryKeep(nowNanos)) {
      decide(KEPT, tracer);
      return;
    }
    SIZE.set(this, Integer.MAX_VALUE / 2);
    Object was = head;
    if (isDecided(was)) {
      leavePlace();
      return;
    }
    if (!HEAD.compareAndSet(this, was, null)) {
      // Decided or added to meanwhile; then the next time.
      return;
    }
    int spans = settle(was, null);
    rule.release(spans);
    leavePlace();
    if (!addCut(spans)) {
      if (head == KEPT) {
        tracer.lose(spans);
      } else {
        tracer.discard(spans);
      }
    }
  }

  private static boolean isDecided(@Nullable Object head) {
    return head == KEPT || head == DISCARDED;
  }
}
