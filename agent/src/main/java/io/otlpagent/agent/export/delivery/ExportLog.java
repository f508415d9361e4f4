package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.logging.AgentLog;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says how exports go: the first failure of an outage, each minute what was lost, and the recovery;
 * every attempt at debug only. Used by the exporter thread.
 */
public final class ExportLog {

  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String destination;
  private final LongSupplier clock;

  // The outage that goes on now, if any.
  private boolean failing;
  private boolean saidFailing;
  private long failingSince;
  private long lost;

  private long lastWarning;
  private long lastLoss;
  private long lastRemark;
  private long lostSinceSaid;

  public ExportLog(String destination) {
    this(destination, System::nanoTime);
  }

  /**
   * @param clock like {@link System#nanoTime}
   */
  ExportLog(String destination, LongSupplier clock) {
    this.destination = destination;
    this.clock = clock;
    lastWarning = clock.getAsLong() - QUIET_NANOS;
    lastLoss = lastWarning;
    lastRemark = lastWarning;
  }

  /** An attempt failed and another will follow. */
  void retrying(int attempt, long delayNanos, ExportResult result) {
    boolean first = begin();
    boolean say = first && due(lastWarning);
    if (!say && !AgentLog.debugEnabled()) {
      return;
    }
    String message =
        "export to "
            + destination
            + " failed, attempt "
            + attempt
            + ", next in "
            + duration(delayNanos)
            + ": "
            + result.message();
    if (say) {
      lastWarning = clock.getAsLong();
      saidFailing = true;
      AgentLog.warn(message);
    } else {
      AgentLog.debug(message);
    }
  }

  /** There will be no further attempt with that many spans. */
  void ended(int spans, DeliveryOutcome outcome) {
    ExportResult last = outcome.last();
    if (last == null
        || outcome.verdict() == DeliveryOutcome.Verdict.SHUTDOWN
        || outcome.verdict() == DeliveryOutcome.Verdict.SWITCHED_OFF
        || outcome.verdict() == DeliveryOutcome.Verdict.PARKED) {
      // The summary of the shutdown says it, who switched the agent off knows, or nothing is lost.
      return;
    }
    if (last.isSuccess()) {
      recovered();
      if (last.rejected() > 0) {
        remark("the collector rejected " + last.rejected() + " spans: " + last.message());
      } else if (!last.message().isEmpty()) {
        remark("the collector warns: " + last.message());
      }
    } else {
      lost(spans, outcome, last);
    }
  }

  private void lost(int spans, DeliveryOutcome outcome, ExportResult last) {
    begin();
    lost += spans;
    lostSinceSaid += spans;
    if (due(lastLoss)) {
      lastLoss = clock.getAsLong();
      saidFailing = true;
      AgentLog.error(
          "export to "
              + destination
              + " given up after "
              + outcome.attempts()
              + (outcome.attempts() == 1 ? " attempt, " : " attempts, ")
              + lostSinceSaid
              + " spans lost: "
              + last.message());
      lostSinceSaid = 0;
    }
  }

  private void recovered() {
    if (failing && saidFailing) {
      AgentLog.info(
          "export to "
              + destination
              + " works again after "
              + duration(clock.getAsLong() - failingSince)
              + ", "
              + lost
              + " spans lost");
      lostSinceSaid = 0;
    }
    failing = false;
    saidFailing = false;
    lost = 0;
  }

  /** True for the first failure of an outage. */
  private boolean begin() {
    if (failing) {
      return false;
    }
    failing = true;
    failingSince = clock.getAsLong();
    return true;
  }

  void remark(String message) {
    if (due(lastRemark)) {
      lastRemark = clock.getAsLong();
      AgentLog.warn(message);
    }
  }

  private boolean due(long last) {
    return clock.getAsLong() - last >= QUIET_NANOS;
  }

  private static String duration(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
