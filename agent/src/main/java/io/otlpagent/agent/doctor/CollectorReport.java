package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.export.delivery.CollectorStatus;
import io.otlpagent.agent.export.probe.CollectorProbe;
import io.otlpagent.agent.export.probe.ProbeResult;
import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.logging.Rfc3339;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the collector takes spans, asked anew with a connection of its own. Thread-safe: one
 * thread of its own asks, and its answer is good for a while, so that nobody can make us ask often.
 * One caller waits for the answer; others go on without, lest they keep the endpoint's few threads.
 */
public final class CollectorReport {

  private static final long ATTEMPT_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Within the time that the endpoint gives a request. */
  public static final long ENDPOINT_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(4300);

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final OtlpConfig otlp;
  private final CollectorProbe probe;
  private final long patienceNanos;

  // Guarded by this.
  private boolean asking;
  private boolean asked;
  private @Nullable ProbeResult answer;
  private long answeredNanoTime;
  private long tookMillis;

  /**
   * @param patienceNanos how long to wait for an answer
   */
  public CollectorReport(OtlpConfig otlp, CollectorProbe probe, long patienceNanos) {
    this.otlp = otlp;
    this.probe = probe;
    this.patienceNanos = patienceNanos;
  }

  /**
   * @param last of the exporter; null if there is none
   */
  public Map<String, Object> tree(@Nullable CollectorStatus last, List<Finding> findings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("exporters", otlp.exporters().toString());
    tree.put("endpoint", otlp.endpoint());
    tree.put("protocol", otlp.protocol());
    tree.put("tls", otlp.secure());
    tree.put("headers", otlp.headers().size());
    if (!otlp.exporters().collector()) {
      tree.put("probe", "not asked");
      findings.add(
          otlp.exportsTraces()
              ? Finding.info(
                  "spans are written to standard output and sent nowhere",
                  "otel.traces.exporter is console",
                  "for a collector set it to otlp, or to otlp,console")
              : Finding.warning(
                  "no spans are exported", "otel.traces.exporter is none", "set it to otlp"));
      return tree;
    }
    addProbe(tree, findings);
    if (last != null && last.state() != CollectorStatus.State.UNKNOWN) {
      boolean ok = last.state() == CollectorStatus.State.OK;
      tree.put("last_export", ok ? "ok" : last.message());
      tree.put("last_export_at", Rfc3339.format(last.epochMillis()));
    }
    return tree;
  }

  private synchronized void addProbe(Map<String, Object> tree, List<Finding> findings) {
    boolean others = asking;
    ProbeResult result = ask();
    if (result == null && others) {
      tree.put("probe", "no answer yet");
      findings.add(
          Finding.info(
              "the collector is being asked",
              "an earlier request has asked, and there is no answer yet",
              "ask again"));
      return;
    }
    if (result == null) {
      tree.put("probe", "no answer yet");
      findings.add(
          Finding.error(
              "the collector at " + otlp.host() + ":" + otlp.port() + " does not answer",
              "a connection was tried for " + TimeUnit.NANOSECONDS.toMillis(patienceNanos) + " ms",
              "is a firewall or a network policy in between? Ask again for more"));
      return;
    }
    boolean ok = result.export().isSuccess();
    tree.put("probe", ok ? "ok" : CollectorFindings.text(result.export()));
    tree.put("probe_millis", tookMillis);
    tree.put("reachable", result.reachable());
    tree.put("authenticated", result.authenticated());
    tree.put("tls_failure", result.tlsFailure());
    tree.put("spoken", result.spoken() == null ? null : String.valueOf(result.spoken()));
    if (!ok) {
      findings.add(CollectorFindings.of(otlp, result));
    }
  }

  /** Null if there is no answer in time. */
  private synchronized @Nullable ProbeResult ask() {
    long start = System.nanoTime();
    if (asking || (asked && start - answeredNanoTime < FRESH_NANOS)) {
      return answer;
    }
    asking = true;
    answer = null;
    Thread thread = new Thread(this::probe, "otlp-agent-doctor");
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    try {
      for (long left = patienceNanos;
          asking && left > 0;
          left = patienceNanos - (System.nanoTime() - start)) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      // The endpoint is being closed.
      Thread.currentThread().interrupt();
    }
    return answer;
  }

  private void probe() {
    long start = System.nanoTime();
    ProbeResult result = null;
    try {
      result = probe.probe(ATTEMPT_NANOS);
    } catch (RuntimeException | LinkageError e) {
      AgentLog.warn("the collector cannot be asked", e);
    }
    synchronized (this) {
      answer = result;
      asking = false;
      asked = true;
      answeredNanoTime = System.nanoTime();
      tookMillis = TimeUnit.NANOSECONDS.toMillis(answeredNanoTime - start);
      notifyAll();
    }
  }
}
