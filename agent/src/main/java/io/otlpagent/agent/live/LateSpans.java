package io.otlpagent.agent.live;

import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.logging.AgentLog;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Says how many spans have ended after the shutdown, while other shutdown hooks hold the JVM. Runs
 * on the exporter's thread, once that has exported the last ones, until the JVM is gone.
 */
public final class LateSpans implements Runnable {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpanLedger ledger;
  private final long before;
  private long said;

  /** Made when the queue is closed: what was lost by then is in the summary. */
  public LateSpans(SpanLedger ledger) {
    this.ledger = ledger;
    this.before = ledger.dropped(DropReason.SHUTDOWN);
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, said == 0 ? POLL_NANOS : QUIET_NANOS);
      long late = ledger.dropped(DropReason.SHUTDOWN) - before;
      if (late > said) {
        said = late;
        AgentLog.warn(
            "spans that ended after the last export and are lost: "
                + late
                + " (already_shutdown); the exit waits for at most shutdown.timeout, and at"
                + " most 1 s for a span to end");
      }
    }
  }
}
