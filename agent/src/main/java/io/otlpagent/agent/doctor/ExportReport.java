package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.export.delivery.ExportStatistics;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.logging.Rfc3339;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.UnsampledRequests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What becomes of the spans. Used by endpoint threads. */
public final class ExportReport {

  private static final int MOST_UNSAMPLED = 10;

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

  /** The last requests of which nothing was recorded, the newest first. */
  static List<Object> unsampled() {
    List<Object> trees = new ArrayList<>();
    Tracer tracer = Tracer.ending();
    if (tracer == null) {
      return trees;
    }
    for (UnsampledRequests.Entry entry : tracer.unsampledRequests().entries()) {
      if (trees.size() == MOST_UNSAMPLED) {
        break;
      }
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("at", Rfc3339.format(TimeUnit.NANOSECONDS.toMillis(entry.startEpochNanos())));
      tree.put("request", entry.name());
      tree.put("reason", entry.reason());
      trees.add(tree);
    }
    return trees;
  }
}
