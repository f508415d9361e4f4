package io.otlpagent.agent.export.console;

import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes standard output for the collector: a line that is written is exported. Waits while nobody
 * reads, as for a collector that does not answer. Used by the exporter thread.
 */
public final class ConsoleSender implements OtlpSender {

  private static final String NOBODY_READS = "nothing reads standard output";
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final StandardOutput output;

  // A line of which a part may be out: it is not to be written again. Null if there is none.
  private @Nullable ConsoleLine begun;

  public ConsoleSender(StandardOutput output) {
    this.output = output;
  }

  @Override
  public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
    ConsoleLine line = output.line(request);
    ConsoleLine former = begun;
    if (former != null && former.sameAs(line)) {
      line = former;
    } else {
      output.write(line);
    }
    begun = null;
    while (!line.finished()) {
      long left = deadline.remainingNanos();
      if (left <= 0) {
        if (line.withdraw()) {
          return ExportResult.unreached("timeout", NOBODY_READS);
        }
        begun = line;
        return ExportResult.underWay("timeout", NOBODY_READS);
      }
      ExporterAlarm.sleep(this, Math.min(left, WATCH_NANOS));
    }
    IOException failure = line.failure();
    return failure == null
        ? ExportResult.success()
        : ExportResult.permanent("closed", "standard output cannot be written: " + failure);
  }

  @Override
  public int activeConnections() {
    return 0;
  }

  @Override
  public String description() {
    return "standard output";
  }

  @Override
  public void close() {
    // Lines that are not written yet are waited for at the exit.
  }
}
