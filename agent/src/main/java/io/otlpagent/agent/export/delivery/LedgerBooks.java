package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.buffer.BufferBooks;
import io.otlpagent.agent.buffer.BufferLoss;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanLedger;

/** Enters in the ledger what the disk buffer says. Used by the exporter thread. */
final class LedgerBooks implements BufferBooks {

  private final SpanLedger ledger;

  LedgerBooks(SpanLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void recovered(int spans) {
    ledger.recover(spans);
  }

  @Override
  public void lost(BufferLoss loss, int spans) {
    ledger.dropStored(reason(loss), spans);
  }

  private static DropReason reason(BufferLoss loss) {
    switch (loss) {
      case FULL:
        return DropReason.BUFFER_FULL;
      case EXPIRED:
        return DropReason.BUFFER_EXPIRED;
      default:
        return DropReason.BUFFER_CORRUPT;
    }
  }
}
