package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.buffer.DiskBuffer;
import io.otlpagent.agent.buffer.StoredBatch;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.instrumentation.trace.Span;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from the queue to the disk, past the collector. It has an encoder of its own, because the
 * other's request may be on its way just now. Used by the exporter thread.
 */
final class SpanSpill implements RequestRoute {

  private final DiskBuffer disk;
  private final SpanQueue queue;
  private final BatchDelivery main;
  private final Supplier<TraceRequestEncoder> encoders;
  private final Span[] batch;

  // Made when it is needed.
  private @Nullable BatchDelivery delivery;

  // Whether the last write succeeded, and what becomes of spans if the next one does not.
  private boolean works = true;
  private DropReason otherwise = DropReason.QUEUE_FULL;

  SpanSpill(
      DiskBuffer disk,
      SpanQueue queue,
      BatchDelivery main,
      Supplier<TraceRequestEncoder> encoders) {
    this.disk = disk;
    this.queue = queue;
    this.main = main;
    this.encoders = encoders;
    this.batch = new Span[main.settings().batchSize()];
  }

  /** Writes a request whose spans are in flight; null, and nothing is done, if that fails. */
  @Nullable StoredBatch store(byte[] request, int length, int spans) {
    StoredBatch stored = disk.append(request, length, spans);
    works = stored != null;
    if (works) {
      main.ledger().store(spans);
    }
    return stored;
  }

  /** Whether the queue fills up and the disk is there to relieve it. */
  boolean due() {
    return works && queue.pressed();
  }

  /** Moves spans from the queue to the disk until less than a batch is left. */
  void relieve() {
    while (works && queue.batchReady()) {
      move(DropReason.QUEUE_FULL);
    }
  }

  /** Moves all to the disk, or gives them up if it cannot be written. */
  void empty() {
    while (!queue.isEmpty()) {
      move(DropReason.SHUTDOWN);
    }
  }

  @Override
  public boolean take(byte[] request, int length, int spans) {
    if (store(request, length, spans) == null) {
      main.ledger().settleDropped(otherwise, spans);
    }
    return true;
  }

  @Override
  public void failed(ExportResult result) {
    // The disk does not care.
  }

  private void move(DropReason otherwise) {
    this.otherwise = otherwise;
    BatchDelivery to = delivery;
    if (to == null) {
      to = main.detour(encoders.get(), this);
      delivery = to;
    }
    int count = queue.drainTo(batch);
    if (count > 0) {
      try {
        to.deliver(batch, count);
      } catch (RuntimeException | Error e) {
        to.failed(e);
      }
    }
  }
}
