package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.buffer.DiskBuffer;
import io.otlpagent.agent.buffer.StoredBatch;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
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
 * The disk behind the delivery: where {@link RetryLoop} parks requests that the collector does not
 * take, and from where they are sent again, oldest first. Its attempts are made by another thread,
 * and while one lasts the queue is emptied onto the disk before it overflows. Used by the exporter
 * thread.
 */
public final class DiskParking {

  /** How soon a filling queue is noticed while an attempt or a wait lasts. */
  static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** How much longer than its deadline an attempt may last at the exit of the JVM. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What the exit of the JVM leaves for writing to disk, at most. */
  private static final long WRITING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final DeliveryContext context;
  private final SpanLedger ledger;
  private final ShutdownBudget shutdown;
  private final SpanQueue queue;
  private final DiskBuffer disk;
  private final SpanSpill spill;
  private final Courier courier;
  private final Outage outage;
  private final OutageLog log;

  // The request of the current attempt once it is on disk as well.
  private @Nullable StoredBatch inDoubt;

  /**
   * @param encoders make a second encoder, if it is needed
   */
  public DiskParking(
      BufferSettings settings,
      DeliveryContext context,
      SpanQueue queue,
      Supplier<TraceRequestEncoder> encoders) {
    this.context = context;
    this.ledger = context.ledger();
    this.shutdown = context.shutdown();
    this.queue = queue;
    this.disk = new DiskBuffer(settings, new LedgerBooks(ledger));
    this.spill = new SpanSpill(disk, queue, context, encoders);
    this.courier = new Courier(context.sender());
    this.outage = new Outage(() -> context.control().settings().retryPolicy());
    this.log = new OutageLog(context.sender().description(), settings.directory());
  }

  /** How much space the files take. May be called by any thread. */
  public long bytesOnDisk() {
    return disk.bytes();
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

  /** Whether the last attempt has reached the collector. */
  boolean reachable() {
    return outage.reachable();
  }

  /** Begins with a request; false if it is not to be tried, but parked at once. */
  boolean begin() {
    inDoubt = null;
    return outage.reachable() || (!shutdown.begun() && outage.liveMayTry(ledger.onDisk() == 0));
  }

  /** Whether the queue fills up and the disk is there to relieve it. */
  boolean pressed() {
    return spill.due();
  }

  /** Whether the request of the last attempt is on disk already. */
  boolean inDoubt() {
    return inDoubt != null;
  }

  /**
   * Sends a live request, which goes to disk before those that come after it do.
   *
   * @param spans of the request, at least 1
   */
  ExportResult attempt(OtlpRequest request, int spans) {
    inDoubt = null;
    return send(request, spans);
  }

  /**
   * The collector has answered a live request.
   *
   * @return whether it was on disk, and its spans are settled now
   */
  boolean answered(ExportResult result) {
    StoredBatch stored = inDoubt;
    inDoubt = null;
    outage.liveAnswered();
    if (stored != null) {
      settle(stored, result);
    }
    log.ends(ledger.onDisk());
    return stored != null;
  }

  /** A live request has failed, here or over another connection. */
  void failed(ExportResult result) {
    outage.liveFailed(result);
    log.begins(result);
  }

  /** Writes a live request, unless it is on disk already; false if that fails. */
  boolean park(OtlpRequest request, int spans) {
    boolean parked = inDoubt != null || spill.store(request, spans) != null;
    inDoubt = null;
    return parked;
  }

  /**
   * Sends one batch from the disk if it is time for that.
   *
   * @return how long it is until the next; a minute if there is none
   */
  public long replay() {
    if (ledger.onDisk() == 0 || shutdown.begun()) {
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
      replay(batch, new OtlpRequest(OtlpSignal.TRACES, request, request.length));
    }
    return outage.nanosToReplay(queue.isEmpty());
  }

  private void replay(StoredBatch batch, OtlpRequest request) {
    long start = System.nanoTime();
    ExportResult result = send(request, 0);
    if (result.isRetryable()) {
      outage.replayFailed(result);
      return;
    }
    outage.replayAnswered(System.nanoTime() - start);
    settle(batch, result);
    DeliveryOutcome outcome = new DeliveryOutcome(DeliveryOutcome.answer(result), 1, 0, result);
    context.log().ended(batch.spans(), outcome);
    log.ends(ledger.onDisk());
  }

  /** Does nothing if the batch had to make room on the disk meanwhile: then it counts as lost. */
  private void settle(StoredBatch batch, ExportResult result) {
    if (!disk.settle(batch)) {
      return;
    }
    int spans = batch.spans();
    if (result.isSuccess()) {
      int rejected = (int) Math.min(spans, result.rejected());
      ledger.settleStored(spans - rejected, rejected);
    } else {
      ledger.dropStored(DropReason.PERMANENT_ERROR, spans);
    }
  }

  /**
   * @param spans of a live request; 0 for one that is on disk
   */
  private ExportResult send(OtlpRequest request, int spans) {
    long start = System.nanoTime();
    AttemptDeadline deadline = context.deadline();
    Courier.Errand errand = courier.send(request, deadline);
    ExportResult result;
    while ((result = errand.result()) == null) {
      if (spill.due()) {
        if (spans > 0 && inDoubt == null) {
          inDoubt = spill.store(request, spans);
        }
        spill.relieve();
      }
      if (shutdown.begun()) {
        errand.hurry();
        if (deadline.remainingNanos() < -GRACE_NANOS) {
          result = ExportResult.retryable("timeout", "no answer before the exit", 0);
          break;
        }
      }
      ExporterAlarm.sleep(this, WATCH_NANOS);
    }
    context.statistics().recordAttempt(result, System.nanoTime() - start);
    return result;
  }
}
