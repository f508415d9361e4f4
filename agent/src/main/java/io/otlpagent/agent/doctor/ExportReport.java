package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.export.DropReason;
import io.otlpagent.agent.export.ExportStatistics;
import io.otlpagent.agent.export.SpanLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of the spans. Used by endpoint threads. */
public final class ExportReport {

  private final SpanLedger ledger;
  private final ExportStatistics statistics;
  private final CollectorReport collector;

  public ExportReport(SpanLedger ledger, ExportStatistics statistics, CollectorReport collector) {
    this.ledger = ledger;
    this.statistics = statistics;
    this.collector = collector;
  }

  Map<String, Object> collector(List<Finding> findings) {
    return collector.tree(statistics.collector(), findings);
  }

  Map<String, Object> spans(AgentConfig config, List<Finding> findings) {
    SpanFindings.add(ledger, config, findings);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("ledger", ledger.toString());
    tree.put("started", ledger.started());
    tree.put("exported", ledger.exported());
    tree.put("rejected", ledger.rejected());
    Map<String, Object> dropped = new LinkedHashMap<>();
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason.label(), ledger.dropped(reason));
    }
    tree.put("dropped", dropped);
    return tree;
  }
}
