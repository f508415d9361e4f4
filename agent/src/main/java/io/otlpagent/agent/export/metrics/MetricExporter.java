package io.otlpagent.agent.export.metrics;

import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.delivery.CollectorStatus;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.otlp.MetricRequestEncoder;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.metrics.MetricFamily;
import io.otlpagent.agent.metrics.MetricSnapshot;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.agent.metrics.Temporality;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the metrics now and then, between batches of spans and by one attempt: what fails is
 * reported the next time. Used by the exporter thread.
 */
public final class MetricExporter {

  /** Some 600 bytes each: well below the 4 MiB that the usual gRPC server accepts. */
  private static final int POINTS_OF_A_REQUEST = 2000;

  /** The spans have waited by then, however long the operator lets metrics take. */
  private static final long MAX_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int LONGEST_PAUSE = 16;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final MetricExporterSettings settings;
  private final List<MetricSource> sources;
  private final MetricRequestEncoder encoder;
  private final OtlpSender sender;
  private final Temporality temporality;
  private final MetricStatistics statistics;
  private final @Nullable StandardOutput copies;
  private final long agentStart = System.currentTimeMillis() * 1_000_000L;

  // Owned by the exporter thread.
  private long nextExport;
  private int pause = 1;
  private boolean failing;
  private long lastWarning = System.nanoTime() - QUIET_NANOS;

  private volatile boolean used;

  /**
   * @param sources all but {@link #source}, which is added to them
   * @param copies gets each request in addition to the sender; null for nothing
   */
  public MetricExporter(
      MetricExporterSettings settings,
      List<MetricSource> sources,
      MetricRequestEncoder encoder,
      OtlpSender sender,
      @Nullable StandardOutput copies) {
    this.settings = settings;
    this.encoder = encoder;
    this.sender = sender;
    this.copies = copies;
    this.temporality = new Temporality(settings.temporality());
    this.statistics = new MetricStatistics(settings.component());
    this.sources = new ArrayList<>(sources);
    this.sources.add(statistics);
  }

  /** What it says about itself. */
  public MetricSource source() {
    return statistics;
  }

  /** Whether it has sent anything. May be asked by any thread. */
  public boolean used() {
    return used;
  }

  /** Puts the next export off by one interval. */
  public void skip() {
    nextExport = System.nanoTime() + settings.intervalNanos();
  }

  /** How long until the next export; 0 or less if it is due. */
  public long waitNanos() {
    return nextExport - System.nanoTime();
  }

  /**
   * Whether it is time for an export. Spans come first, but not for ever.
   *
   * @param spansWait whether a batch of them is ready
   */
  public boolean due(boolean spansWait) {
    return waitNanos() <= (spansWait ? -PATIENCE_NANOS : 0);
  }

  /** Of one export: as configured, but not so long that spans would be lost meanwhile. */
  long timeoutNanos() {
    return Math.min(MAX_TIMEOUT_NANOS, settings.timeoutNanos());
  }

  /**
   * Of an export that spans may cut short. What was cut is not known to have arrived: totals can be
   * told again, but differences cannot, so that they get more time.
   */
  public AttemptDeadline deadline(ShutdownBudget shutdown, SpanQueue spans) {
    boolean patient = settings.temporality() != Temporality.Preference.CUMULATIVE;
    return new AttemptDeadline(timeoutNanos(), shutdown, spans, patient);
  }

  /**
   * Makes a snapshot and sends it, unless spans get nowhere.
   *
   * @param spans how the last export of spans went
   */
  public void export(AttemptDeadline deadline, CollectorStatus spans) {
    skip();
    if (fails(spans)) {
      return;
    }
    used = true;
    MetricSnapshot snapshot = MetricSnapshot.of(sources, agentStart);
    for (List<MetricFamily> part : temporality.parts(snapshot, POINTS_OF_A_REQUEST)) {
      ExportResult result = send(part, deadline);
      if (result.isSuccess() || result.isUnanswered()) {
        // Rather a gap in the differences than to count something twice.
        temporality.delivered(part);
      }
      if (!result.isSuccess()) {
        failed(result);
        return;
      }
      succeeded(result);
    }
    temporality.complete(snapshot);
  }

  /**
   * A failure that is older than the last export says nothing, and neither does an answer that the
   * collector wants no spans: it may want metrics.
   */
  private boolean fails(CollectorStatus spans) {
    long age = System.currentTimeMillis() - spans.epochMillis();
    return !settings.apart()
        && spans.state() == CollectorStatus.State.FAILED
        && !spans.refused()
        && TimeUnit.MILLISECONDS.toNanos(age) < settings.intervalNanos();
  }

  private ExportResult send(List<MetricFamily> part, AttemptDeadline deadline) {
    long points = 0;
    for (MetricFamily family : part) {
      points += family.points().size();
    }
    statistics.take(points);
    encoder.encode(part, temporality.lastComplete());
    OtlpRequest request = new OtlpRequest(OtlpSignal.METRICS, encoder.array(), encoder.length());
    if (copies != null) {
      copies.copy(request);
    }
    ExportResult result =
        deadline.remainingNanos() > 0
            ? sender.send(request, deadline)
            : ExportResult.retryable("timeout", "no time left", 0);
    statistics.settle(points, result);
    return result;
  }

  private void succeeded(ExportResult result) {
    pause = 1;
    if (failing) {
      failing = false;
      AgentLog.info("export of metrics to " + sender.description() + " works again");
    }
    if (result.rejected() > 0) {
      warn("the collector rejected " + result.rejected() + " data points: " + result.message());
    } else if (!result.message().isEmpty()) {
      warn("the collector warns of metrics: " + result.message());
    }
  }

  private void failed(ExportResult result) {
    failing = true;
    // Such as a collector without a pipeline for metrics: it may get one, but not every minute.
    pause = result.isRetryable() ? 1 : Math.min(LONGEST_PAUSE, 2 * pause);
    long asked = RetryPolicy.limitServerDelay(result.minimumDelayNanos());
    nextExport = System.nanoTime() + Math.max(asked, pause * settings.intervalNanos());
    warn("export of metrics to " + sender.description() + " failed: " + result.message());
  }

  private void warn(String message) {
    if (System.nanoTime() - lastWarning >= QUIET_NANOS) {
      lastWarning = System.nanoTime();
      AgentLog.warn(message);
    } else {
      AgentLog.debug(message);
    }
  }

  public void close() {
    sender.close();
  }
}
