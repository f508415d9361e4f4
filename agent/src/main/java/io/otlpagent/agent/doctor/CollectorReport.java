package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.OtlpConfig;
import io.otlpagent.agent.export.CollectorCheck;
import io.otlpagent.agent.export.CollectorStatus;
import io.otlpagent.agent.export.ExportResult;
import io.otlpagent.agent.export.SpanSender;
import io.otlpagent.agent.logging.Rfc3339;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the collector takes spans, asked anew with a connection of its own. Thread-safe; one
 * caller at a time asks, and its answer is good for a while, so that nobody can make us ask often.
 */
public final class CollectorReport {

  /** Within the time that the endpoint gives a request. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final OtlpConfig otlp;
  private final Supplier<SpanSender> senders;
  private final ReentrantLock asking = new ReentrantLock();

  private volatile @Nullable ExportResult answer;
  private volatile long answeredNanoTime;
  private volatile long tookMillis;

  /**
   * @param senders makes one for each question
   */
  public CollectorReport(OtlpConfig otlp, Supplier<SpanSender> senders) {
    this.otlp = otlp;
    this.senders = senders;
  }

  /**
   * @param last of the exporter; null if there is none
   */
  public Map<String, Object> tree(@Nullable CollectorStatus last, List<Finding> findings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("endpoint", otlp.endpoint());
    tree.put("protocol", otlp.grpc() ? "grpc" : "http/protobuf");
    tree.put("tls", otlp.secure());
    tree.put("headers", otlp.headers().size());
    if (!otlp.exportsTraces()) {
      tree.put("probe", "not asked: otel.traces.exporter is none");
      findings.add(
          Finding.warning(
              "no spans are exported", "otel.traces.exporter is none", "set it to otlp"));
      return tree;
    }
    ExportResult result = ask();
    if (result != null) {
      tree.put("probe", result.isSuccess() ? "ok" : text(result));
      tree.put("probe_millis", tookMillis);
      if (!result.isSuccess()) {
        findings.add(CollectorFindings.of(otlp, result));
      }
    }
    if (last != null && last.state() != CollectorStatus.State.UNKNOWN) {
      boolean ok = last.state() == CollectorStatus.State.OK;
      tree.put("last_export", ok ? "ok" : last.message());
      tree.put("last_export_at", Rfc3339.format(last.epochMillis()));
    }
    return tree;
  }

  private static String text(ExportResult result) {
    return result.message().isEmpty() ? result.reason() : result.message();
  }

  private @Nullable ExportResult ask() {
    if (!asking.tryLock()) {
      return answer;
    }
    try {
      long start = System.nanoTime();
      if (answer == null || start - answeredNanoTime > FRESH_NANOS) {
        SpanSender sender = senders.get();
        try {
          answer = CollectorCheck.ask(sender, PATIENCE_NANOS);
        } finally {
          sender.close();
        }
        answeredNanoTime = System.nanoTime();
        tookMillis = TimeUnit.NANOSECONDS.toMillis(answeredNanoTime - start);
      }
      return answer;
    } finally {
      asking.unlock();
    }
  }
}
