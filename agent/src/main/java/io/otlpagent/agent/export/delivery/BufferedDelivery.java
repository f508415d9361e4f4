package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.buffer.DiskBuffer;
import io.otlpagent.agent.buffer.StoredBatch;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers requests with a disk behind. One that the collector does not take goes to disk, and the
 * next ones do so at once, but for a single attempt now and then; what is on disk is sent in
 * between, oldest first. While an attempt lasts the queue is emptied onto the disk before it
 * overflows. Used by the exporter thread.
 */
public final class BufferedDelivery implements RequestRoute {

  /** How soon a filling queue is noticed while an attempt lasts. */
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** How much longer than its deadline an attempt may last at the exit of the JVM. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What the exit of the JVM leaves for writing to disk, at most. */
  private static final long WRITING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final DiskBuffer disk;
  private final BatchDelivery delivery;
  private final SpanQueue queue;
  private final SpanSpill spill;
  private final Courier courier;
  private final Outage outage;
  private final OutageLog log;

  // The request of the current attempt once it is on disk as well.
  private @Nullable StoredBatch inDoubt;

  /**
   * @param encoders make a second encoder, if it is needed
   */
  public BufferedDelivery(
      BufferSettings settings,
      BatchDelivery delivery,
      SpanQueue queue,
      Supplier<TraceRequestEncoder> encoders) {
    this.delivery = delivery;
    this.queue = queue;
    this.disk = new DiskBuffer(settings, new LedgerBooks(delivery.ledger()));
    this.spill = new SpanSpill(disk, queue, delivery, encoders);
    this.courier = new Courier(delivery.sender());
    this.outage = new Outage(() -> delivery.settings().retryPolicy());
    this.log = new OutageLog(delivery.sender().description(), settings.directory());
  }

  /** How much space the files take. May be called by any thread. */
  public long bytesOnDisk() {
    return disk.bytes();
  }

  /** Delivers a request or keeps it on disk; false if neither is possible. */
  @Override
  public boolean take(byte[] request, int length, int spans) {
    if (outage.reachable()
        ? tryWithRetries(request, length, spans)
        : mayProbe() && tryOnce(request, length, spans)) {
      return true;
    }
    return spill.store(request, length, spans) != null;
  }

  /**
   * Sends one batch from the disk if it is time for that.
   *
   * @return how long it is until the next; a minute if there is none
   */
  public long replay() {
    if (delivery.ledger().onDisk() == 0 || shutdown().begun()) {
      return TimeUnit.MINUTES.toNanos(1);
    }
    long wait = outage.nanosToReplay(queue.isEmpty());
    if (wait > 0 || queue.pressed()) {
      return Math.max(wait, WATCH_NANOS);
    }
    outage.replayBegins();
    StoredBatch batch = disk.oldest();
    byte[] request = batch == null ? null : disk.request(batch);
    if (batch != null && request != null) {
      replay(batch, request);
    }
    return outage.nanosToReplay(queue.isEmpty());
  }

  /** Looks for what JVMs that have ended left behind. */
  public void adopt() {
    disk.adopt();
  }

  /** How much of the time for the exit is for the collector. */
  public static long sendingNanos(long budgetNanos) {
    return budgetNanos - Math.min(WRITING_NANOS, budgetNanos / 4);
  }

  /** Keeps on disk what is still queued and ends. */
  public void close() {
    spill.empty();
    disk.close();
    courier.close();
  }

  private boolean mayProbe() {
    return !shutdown().begun() && outage.liveMayTry(delivery.ledger().onDisk() == 0);
  }

  private boolean tryWithRetries(byte[] request, int length, int spans) {
    RetryPolicy policy = delivery.settings().retryPolicy();
    Backoff backoff = new Backoff(policy);
    for (int retry = 0; !shutdown().exhausted(); retry++) {
      boolean shuttingDown = shutdown().begun();
      ExportResult result = attempt(request, length, spans);
      if (settled(result, spans)) {
        return true;
      }
      if (inDoubt != null || retry == policy.maxRetries() || shuttingDown) {
        return giveUp(result);
      }
      pause(backoff.nextNanos(result));
      if (spill.due() || delivery.stopped()) {
        return giveUp(result);
      }
    }
    return false;
  }

  private boolean tryOnce(byte[] request, int length, int spans) {
    ExportResult result = attempt(request, length, spans);
    return settled(result, spans) || giveUp(result);
  }

  @Override
  public void failed(ExportResult result) {
    outage.liveFailed(result);
    log.begins(result);
  }

  /** True if the request is on disk already. */
  private boolean giveUp(ExportResult result) {
    failed(result);
    return inDoubt != null;
  }

  private boolean settled(ExportResult result, int spans) {
    if (result.isRetryable()) {
      return false;
    }
    StoredBatch stored = inDoubt;
    SpanLedger ledger = delivery.ledger();
    outage.liveAnswered();
    int rejected = rejected(result, spans);
    if (stored != null) {
      settleStored(stored, result);
    } else if (result.isSuccess()) {
      ledger.settleExported(spans - rejected);
      ledger.settleRejected(rejected);
    } else {
      ledger.settleDropped(DropReason.PERMANENT_ERROR, spans);
    }
    remark(result, spans);
    log.ends(ledger.onDisk());
    return true;
  }

  private void replay(StoredBatch batch, byte[] request) {
    long start = System.nanoTime();
    ExportResult result = attempt(request, request.length, 0);
    if (result.isRetryable()) {
      outage.replayFailed(result);
      return;
    }
    outage.replayAnswered(System.nanoTime() - start);
    settleStored(batch, result);
    remark(result, batch.spans());
    log.ends(delivery.ledger().onDisk());
  }

  /** Does nothing if the batch had to make room on the disk meanwhile: then it counts as lost. */
  private void settleStored(StoredBatch batch, ExportResult result) {
    if (!disk.settle(batch)) {
      return;
    }
    int spans = batch.spans();
    if (result.isSuccess()) {
      int rejected = rejected(result, spans);
      delivery.ledger().settleStored(spans - rejected, rejected);
    } else {
      delivery.ledger().dropStored(DropReason.PERMANENT_ERROR, spans);
    }
  }

  private void remark(ExportResult result, int spans) {
    DeliveryOutcome.Verdict verdict =
        result.isSuccess() ? DeliveryOutcome.Verdict.DELIVERED : DeliveryOutcome.Verdict.REFUSED;
    delivery.remark(spans, new DeliveryOutcome(verdict, 1, 0, result));
  }

  private static int rejected(ExportResult result, int spans) {
    return (int) Math.min(spans, result.rejected());
  }

  /**
   * @param spans of a live request, which goes to disk before those that come after it do; 0 for
   *     one that is there
   */
  private ExportResult attempt(byte[] request, int length, int spans) {
    inDoubt = null;
    long start = System.nanoTime();
    AttemptDeadline deadline =
        new AttemptDeadline(delivery.settings().attemptTimeoutNanos(), shutdown());
    Courier.Errand errand = courier.send(request, length, deadline);
    ExportResult result;
    while ((result = errand.result()) == null) {
      if (spill.due()) {
        if (spans > 0 && inDoubt == null) {
          inDoubt = spill.store(request, length, spans);
        }
        spill.relieve();
      }
      if (shutdown().begun()) {
        errand.hurry();
        if (deadline.remainingNanos() < -GRACE_NANOS) {
          result = ExportResult.retryable("timeout", "no answer before the exit", 0);
          break;
        }
      }
      ExporterAlarm.sleep(this, WATCH_NANOS);
    }
    delivery.statistics().recordAttempt(result, System.nanoTime() - start);
    return result;
  }

  /** Waits before a retry, unless the queue fills up or the shutdown begins. */
  private void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (left > 0 && !shutdown().begun() && !spill.due() && !delivery.stopped()) {
      delivery.choresWhileWaiting();
      ExporterAlarm.sleep(this, Math.min(left, WATCH_NANOS));
      left = end - System.nanoTime();
    }
  }

  private ShutdownBudget shutdown() {
    return delivery.shutdownBudget();
  }
}
