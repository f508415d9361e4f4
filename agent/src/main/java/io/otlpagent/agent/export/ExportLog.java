package io.otlpagent.agent.export;

import io.otlpagent.agent.logging.AgentLog;
import java.util.concurrent.TimeUnit;

/** Says how exports go, each kind of trouble at most once a minute. Used by the exporter thread. */
final class ExportLog {

  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String destination;
  private boolean failing;
  private boolean saidFailing;
  private long lastFailure = System.nanoTime() - QUIET_NANOS;
  private long lastRemark = lastFailure;
  private long lostSinceFailure;

  ExportLog(String destination) {
    this.destination = destination;
  }

  void succeeded(ExportResult result) {
    if (failing) {
      failing = false;
      if (saidFailing) {
        saidFailing = false;
        AgentLog.info("export to " + destination + " works again");
      }
    }
    if (result.rejected() > 0) {
      remark("the collector rejected " + result.rejected() + " spans: " + result.message());
    } else if (!result.message().isEmpty()) {
      remark("the collector warns: " + result.message());
    }
  }

  /** Spans were given up because of a result. */
  void lost(int spans, ExportResult result) {
    failing = true;
    lostSinceFailure += spans;
    if (due(lastFailure)) {
      lastFailure = System.nanoTime();
      saidFailing = true;
      AgentLog.warn(
          "export to "
              + destination
              + " failed, "
              + lostSinceFailure
              + " spans lost: "
              + result.message());
      lostSinceFailure = 0;
    }
  }

  void remark(String message) {
    if (due(lastRemark)) {
      lastRemark = System.nanoTime();
      AgentLog.warn(message);
    }
  }

  private static boolean due(long last) {
    return System.nanoTime() - last >= QUIET_NANOS;
  }
}
