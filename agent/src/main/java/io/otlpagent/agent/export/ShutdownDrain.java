package io.otlpagent.agent.export;

import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import io.otlpagent.instrumentation.trace.Span;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The last exports: what is queued, and what ends while the application finishes its requests. Used
 * by the exporter thread, within the budget of the shutdown.
 */
final class ShutdownDrain {

  /** Nothing has ended for that long: then what lives is not about to end. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final SpanQueue queue;
  private final BatchDelivery delivery;
  private final SpanLedger ledger;
  private final ShutdownBudget shutdown;

  // Written before the shutdown begins, which publishes it.
  private List<Span> stopped = Collections.emptyList();
  private boolean staying;

  ShutdownDrain(SpanQueue queue, BatchDelivery delivery) {
    this.queue = queue;
    this.delivery = delivery;
    this.ledger = delivery.ledger();
    this.shutdown = delivery.shutdownBudget();
  }

  /**
   * Names live spans that cannot end, since their thread waits for the exit.
   *
   * @param spans is not copied, and not to be changed
   */
  void stopped(List<Span> spans) {
    stopped = spans;
  }

  /** Has exports go on until the time is over, since nobody waits for them. */
  void stay() {
    staying = true;
  }

  /**
   * Exports until no span is left that is worth waiting for.
   *
   * @return false once a batch has failed with all its retries, or the time is over
   */
  boolean run(Span[] batch) {
    long ended = ledger.ended();
    long lastEnd = System.nanoTime();
    boolean waiting = true;
    while (waiting) {
      // Asked before the queue is drained: what lives no longer is in it.
      waiting = staying || (lives() && System.nanoTime() - lastEnd < QUIET_NANOS);
      if (!drain(batch)) {
        return false;
      }
      if (waiting) {
        gather();
      }
      if (ledger.ended() != ended) {
        ended = ledger.ended();
        lastEnd = System.nanoTime();
      }
    }
    return true;
  }

  /**
   * Exports what is queued.
   *
   * @return false once a batch has failed with all its retries, since the next one would, and the
   *     JVM waits for us; or if the time is over
   */
  boolean drain(Span[] batch) {
    boolean reachable = true;
    while (reachable && !shutdown.exhausted()) {
      int count = queue.drainTo(batch);
      if (count == 0) {
        return true;
      }
      reachable = delivery.deliver(batch, count);
    }
    return false;
  }

  /** Drops what is queued. */
  void giveUp(Span[] batch, DropReason reason) {
    int count;
    while ((count = queue.drainTo(batch)) > 0) {
      ledger.take(count);
      ledger.settleDropped(reason, count);
      Arrays.fill(batch, 0, count, null);
    }
  }

  private void gather() {
    long end = System.nanoTime() + shutdown.limit(GATHER_NANOS);
    while ((staying || lives()) && !queue.batchReady() && System.nanoTime() < end) {
      ExporterAlarm.sleep(this, POLL_NANOS);
    }
  }

  boolean lives() {
    long live = ledger.live() - ledger.parked();
    for (int i = 0; live > 0 && i < stopped.size(); i++) {
      Span span = stopped.get(i);
      if (span.sampled() && !span.ended()) {
        live--;
      }
    }
    return live > 0;
  }
}
