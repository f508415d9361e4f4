package io.otlpagent.agent.export.queue;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanProcessor;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bounded way from application threads to the exporter thread. A full queue drops the newest
 * span and counts it; nothing here blocks.
 */
public final class SpanQueue implements SpanProcessor {

  private final MpscAtomicArrayQueue<Span> spans;
  private final DropCounters drops;
  private final ExporterAlarm alarm;

  // Written by the exporter thread, read by application threads: how many spans wake it, and why
  // none is taken, when it has stopped or the agent is switched off.
  private volatile int calmBelow;
  private volatile @Nullable DropReason refusal;

  // Written by the exporter thread when it has drained the closed queue, read by the endpoint.
  private volatile boolean abandoned;

  /**
   * @param capacity rounded up to a power of two
   * @param batchSize how many queued spans wake the exporter thread
   */
  public SpanQueue(int capacity, int batchSize, DropCounters drops, ExporterAlarm alarm) {
    this.spans = new MpscAtomicArrayQueue<>(Math.max(2, capacity));
    this.drops = drops;
    this.alarm = alarm;
    wakeAt(batchSize);
  }

  @Override
  public void onEnd(Span span) {
    DropReason refused = refusal;
    if (refused != null) {
      drops.add(refused, 1);
      return;
    }
    // The usual case compares with a cached limit and does not read the consumer's index.
    if (spans.offerIfBelowThreshold(span, calmBelow)) {
      return;
    }
    if (!spans.offer(span)) {
      drops.add(DropReason.QUEUE_FULL, 1);
    }
    alarm.ring();
  }

  @Override
  public void onLost(int spans) {
    drops.add(DropReason.HOLD_FULL, spans);
  }

  /** How many spans wait for the exporter; none once it will never come again. */
  public int size() {
    return abandoned ? 0 : spans.size();
  }

  /**
   * How many spans came too late: their thread was about to offer them when the queue was closed.
   */
  int late() {
    return abandoned ? spans.size() : 0;
  }

  public int capacity() {
    return spans.capacity();
  }

  /** Changes how many queued spans wake the exporter thread; never more than fit. */
  public final void wakeAt(int batchSize) {
    calmBelow = Math.min(batchSize, spans.capacity()) - 1;
  }

  public boolean batchReady() {
    return spans.size() > calmBelow;
  }

  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /**
   * Moves queued spans, oldest first, into an array. Called by the exporter thread only.
   *
   * @return how many there were, at most the length of the array
   */
  public int drainTo(Span[] batch) {
    int count = 0;
    while (count < batch.length) {
      Span span = spans.poll();
      if (span == null) {
        break;
      }
      batch[count++] = span;
    }
    return count;
  }

  /** From now on spans are counted as dropped. Called by the exporter thread when it stops. */
  public void close() {
    refuse(DropReason.SHUTDOWN);
  }

  /**
   * From now on spans are counted as dropped, or, with null, taken again. Called by the exporter
   * thread.
   */
  public void refuse(@Nullable DropReason reason) {
    refusal = reason;
  }

  /** Called by the exporter thread when it has drained the closed queue. */
  public void abandon() {
    abandoned = true;
  }

  /** Whether so many wait that the exporter thread should not do anything else now. */
  public boolean pressed() {
    return spans.size() > spans.capacity() / 2;
  }
}
