package io.otlpagent.agent.export.queue;

import io.otlpagent.instrumentation.trace.ParentOrigin;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.Tracer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where every sampled span is. At any quiet moment {@code started + recovered = live + queued +
 * inflight + exported + rejected + dropped + on_disk}. Written by the exporter thread (drops by
 * application threads, too), read by the endpoint.
 */
public final class SpanLedger {

  private final SpanCounters counters;
  private final SpanQueue queue;
  private final DropCounters drops;
  private final AtomicLong inflight = new AtomicLong();
  private final AtomicLong exported = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong onDisk = new AtomicLong();
  private final AtomicLong recovered = new AtomicLong();

  public SpanLedger(SpanCounters counters, SpanQueue queue, DropCounters drops) {
    this.counters = counters;
    this.queue = queue;
    this.drops = drops;
  }

  public void take(int spans) {
    inflight.addAndGet(spans);
  }

  public void settleExported(int spans) {
    exported.addAndGet(spans);
    inflight.addAndGet(-spans);
  }

  public void settleRejected(int spans) {
    rejected.addAndGet(spans);
    inflight.addAndGet(-spans);
  }

  public void settleDropped(DropReason reason, int spans) {
    drops.add(reason, spans);
    inflight.addAndGet(-spans);
  }

  /** Spans that were taken from the queue are on disk now. */
  public void store(int spans) {
    onDisk.addAndGet(spans);
    inflight.addAndGet(-spans);
  }

  /** A former JVM has left spans on disk. */
  public void recover(int spans) {
    recovered.addAndGet(spans);
    onDisk.addAndGet(spans);
  }

  public void settleStored(int accepted, int refused) {
    exported.addAndGet(accepted);
    rejected.addAndGet(refused);
    onDisk.addAndGet(-accepted - refused);
  }

  public void dropStored(DropReason reason, int spans) {
    drops.add(reason, spans);
    onDisk.addAndGet(-spans);
  }

  public long started() {
    return counters.started();
  }

  public long started(ParentOrigin parent) {
    return counters.started(parent);
  }

  public long notSampled(ParentOrigin parent) {
    return counters.notSampled(parent);
  }

  /** Spans of former JVMs that were found in the disk buffer. */
  public long recovered() {
    return recovered.get();
  }

  /** Spans that were not sampled; they are in no other figure. */
  public long notSampled() {
    return counters.notSampled();
  }

  /** Traces that were worth keeping, and too many. */
  public long notKept() {
    return counters.notKept();
  }

  public long live() {
    return counters.live();
  }

  /** Whether there is neither a span to export nor one that may become one. */
  public boolean idle() {
    return live() == 0 && queued() == 0 && inflight() == 0;
  }

  /** Spans that have ended, wherever they are now. */
  public long ended() {
    return counters.ended();
  }

  /** Live spans that no thread works on and that may wait for long. */
  public long parked() {
    return counters.parked();
  }

  public long queued() {
    return queue.size();
  }

  public long queueCapacity() {
    return queue.capacity();
  }

  /** Taken from the queue and not yet settled. */
  public long inflight() {
    return inflight.get();
  }

  public long exported() {
    return exported.get();
  }

  /** Refused by the collector in a partial success. */
  public long rejected() {
    return rejected.get();
  }

  public long dropped(DropReason reason) {
    return drops.count(reason) + (reason == DropReason.SHUTDOWN ? queue.late() : 0);
  }

  public long dropped() {
    long sum = 0;
    for (DropReason reason : DropReason.values()) {
      sum += dropped(reason);
    }
    return sum;
  }

  /** Not sampled, but held until it is known whether to keep them; in no other figure. */
  public long held() {
    Tracer tracer = Tracer.ending();
    return tracer == null ? 0 : tracer.held();
  }

  /** Kept in the disk buffer for later. */
  public long onDisk() {
    return onDisk.get();
  }

  /** What {@link #started} and {@link #recovered} together must equal at a quiet moment. */
  public long accounted() {
    return live() + queued() + inflight() + exported() + rejected() + dropped() + onDisk();
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(128);
    line.append("started ").append(started());
    if (recovered() != 0) {
      line.append(" + recovered ").append(recovered());
    }
    line.append(" = live ").append(live());
    line.append(" + queued ").append(queued());
    line.append(" + inflight ").append(inflight());
    line.append(" + exported ").append(exported());
    line.append(" + rejected ").append(rejected());
    line.append(" + dropped ").append(dropped());
    char separator = '{';
    for (DropReason reason : DropReason.values()) {
      long count = dropped(reason);
      if (count != 0) {
        line.append(separator).append(reason.label()).append(' ').append(count);
        separator = ',';
      }
    }
    if (separator == ',') {
      line.append('}');
    }
    return line.append(" + on_disk ").append(onDisk()).toString();
  }
}
