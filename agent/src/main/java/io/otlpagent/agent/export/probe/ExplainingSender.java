package io.otlpagent.agent.export.probe;

import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.transport.AgentThreads;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.logging.AgentLog;
import java.util.HashSet;
import java.util.Set;

/**
 * Has the first failure of each kind explained, once, by a thread of its own: the exporter does not
 * wait for it. Otherwise a sender like the one within. Used by the exporter thread.
 */
public final class ExplainingSender implements OtlpSender {

  private final OtlpSender sender;
  private final CollectorProbe probe;
  private final AgentThreads threads = new AgentThreads("probe");
  private final Set<String> explained = new HashSet<>();

  public ExplainingSender(OtlpSender sender, CollectorProbe probe) {
    this.sender = sender;
    this.probe = probe;
  }

  @Override
  public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
    ExportResult result = sender.send(request, deadline);
    // The reasons are few. What metrics fail for, spans that go the same way do too.
    if (!result.isSuccess()
        && request.signal() == OtlpSignal.TRACES
        && FailureKind.of(result) != FailureKind.PASSING
        && explained.add(result.reason())) {
      threads.newThread(() -> explain(result)).start();
    }
    return result;
  }

  private void explain(ExportResult failure) {
    try {
      String hint = probe.explain(failure).hint();
      if (!hint.isEmpty()) {
        AgentLog.warn("export to " + description() + " fails because " + hint);
      }
    } catch (RuntimeException | LinkageError e) {
      // An explanation is a favour.
      AgentLog.debug("the collector could not be probed: " + e);
    }
  }

  @Override
  public void disconnect() {
    sender.disconnect();
  }

  @Override
  public int activeConnections() {
    return sender.activeConnections();
  }

  @Override
  public String description() {
    return sender.description();
  }

  @Override
  public void close() {
    sender.close();
  }
}
