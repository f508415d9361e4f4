package io.otlpagent.agent.export.queue;

import java.util.EnumMap;
import java.util.Map;

/** What happened to spans since the shutdown began. */
public final class ShutdownSummary {

  private final SpanLedger ledger;
  private final long exportedBefore;
  private final long rejectedBefore;
  private final Map<DropReason, Long> droppedBefore = new EnumMap<>(DropReason.class);

  public ShutdownSummary(SpanLedger ledger) {
    this.ledger = ledger;
    this.exportedBefore = ledger.exported();
    this.rejectedBefore = ledger.rejected();
    for (DropReason reason : DropReason.values()) {
      droppedBefore.put(reason, ledger.dropped(reason));
    }
  }

  @Override
  public String toString() {
    StringBuilder causes = new StringBuilder();
    long lost = 0;
    for (DropReason reason : DropReason.values()) {
      long before = droppedBefore.getOrDefault(reason, 0L);
      lost += append(causes, reason.label(), ledger.dropped(reason) - before);
    }
    lost += append(causes, "rejected", ledger.rejected() - rejectedBefore);
    lost += append(causes, "not finished in time", ledger.queued() + ledger.inflight());
    String flushed =
        "flushed "
            + (ledger.exported() - exportedBefore)
            + (ledger.onDisk() == 0 ? "" : ", kept " + ledger.onDisk() + " on disk")
            + ", lost "
            + lost;
    long live = ledger.live();
    return (lost == 0 ? flushed : flushed + " because of" + causes)
        + (live > 0 ? "; " + live + " not ended, lost if they end later (already_shutdown)" : "");
  }

  private static long append(StringBuilder causes, String cause, long spans) {
    if (spans > 0) {
      causes.append(causes.length() == 0 ? " " : ", ").append(cause).append(" (");
      causes.append(spans).append(')');
    }
    return Math.max(0, spans);
  }
}
