package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.buffer.DiskBuffer;
import io.otlpagent.agent.buffer.StoredBatch;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.instrumentation.trace.Span;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from the queue to the disk, past the collector. It has an encoder of its own, because the
 * other's request may be on its way just now. Used by the exporter thread.
 */
final class SpanSpill {

  private final DiskBuffer disk;
  private final SpanQueue queue;
  private final DeliveryContext context;
  private final Supplier<TraceRequestEncoder> encoders;
  private final Span[] batch;

  // Made when it is needed.
  private @Nullable BatchEncoder encoder;

  // Whether the last write succeeded, and what becomes of spans if the next one does not.
  private boolean works = true;
  private DropReason otherwise = DropReason.QUEUE_FULL;

  SpanSpill(
      DiskBuffer disk,
      SpanQueue queue,
      DeliveryContext context,
      Supplier<TraceRequestEncoder> encoders) {
    this.disk = disk;
    this.queue = queue;
    this.context = context;
    this.encoders = encoders;
    this.batch = new Span[context.control().settings().batchSize()];
  }

  /** Writes a request whose spans are in flight; null, and nothing is done, if that fails. */
  @Nullable StoredBatch store(OtlpRequest request, int spans) {
    StoredBatch stored = disk.append(request.array(), request.length(), spans);
    works = stored != null;
    if (works) {
      context.ledger().store(spans);
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

  private void move(DropReason otherwise) {
    this.otherwise = otherwise;
    BatchEncoder to = encoder;
    if (to == null) {
      to = new BatchEncoder(context, encoders.get(), null);
      encoder = to;
    }
    int count = queue.drainTo(batch);
    if (count > 0) {
      try {
        move(to, to.take(batch, count), count);
      } catch (RuntimeException | Error e) {
        to.failed(e, to.unsettled());
      }
    }
  }

  private void move(BatchEncoder from, Span[] sorted, int count) {
    from.encode(
        sorted,
        count,
        (request, spans) -> {
          if (store(request, spans) == null) {
            from.giveUp(otherwise, spans);
          } else {
            from.settled(spans);
          }
          return true;
        });
  }
}
