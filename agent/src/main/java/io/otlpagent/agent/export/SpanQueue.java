package io.otlpagent.agent.export;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanProcessor;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * The bounded way from application threads to the exporter thread. A full queue drops the newest
 * span and counts it; nothing here blocks.
 */
public final class SpanQueue implements SpanProcessor {

  private final MpscAtomicArrayQueue<Span> spans;
  private final int calmBelow;
  private final DropCounters drops;
  private final ExporterAlarm alarm;

  // Written by the exporter thread when it has stopped, read by application threads.
  private volatile boolean closed;
  private volatile boolean abandoned;

  /**
   * @param capacity rounded up to a power of two
   * @param batchSize how many queued spans wake the exporter thread
   */
  public SpanQueue(int capacity, int batchSize, DropCounters drops, ExporterAlarm alarm) {
    this.spans = new MpscAtomicArrayQueue<>(Math.max(2, capacity));
    this.calmBelow = Math.min(batchSize, spans.capacity()) - 1;
    this.drops = drops;
    this.alarm = alarm;
  }

  @Override
  public void onEnd(Span span) {
    if (closed) {
      drops.add(DropReason.SHUTDOWN, 1);
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

  boolean batchReady() {
    return spans.size() > calmBelow;
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  /**
   * Moves queued spans, oldest first, into an array. Called by the exporter thread only.
   *
   * @return how many there were, at most the length of the array
   */
  int drainTo(Span[] batch) {
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
  void close() {
    closed = true;
  }

  /** Called by the exporter thread when it has drained the closed queue. */
  void abandon() {
    abandoned = true;
  }

  /** Whether so many wait that the exporter thread should not do anything else now. */
  boolean pressed() {
    return spans.size() > spans.capacity() / 2;
  }
}
