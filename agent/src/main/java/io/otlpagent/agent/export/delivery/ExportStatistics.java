package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.instrumentation.metrics.Histogram;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the exporter has done so far. Written by the exporter thread, read by the endpoint. */
public final class ExportStatistics {

  private final LongAdder requests = new LongAdder();
  private final Histogram requestDurations =
      Histogram.ofDurations(
          "otlp.request.duration",
          "Duration of export requests.",
          new double[] {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10});
  private final Histogram batchSizes =
      Histogram.ofCounts(
          "otlp.batch.size",
          "{span}",
          "Spans per batch, retries not counted.",
          new double[] {1, 8, 32, 64, 128, 256, 512, 1024, 2048});

  // Made at once: they are reported before there is a value, too.
  private final Histogram.Series requestDuration = requestDurations.series();
  private final Histogram.Series batchSize = batchSizes.series();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private volatile CollectorStatus collector = CollectorStatus.UNKNOWN;

  public void recordBatch(int spans) {
    batchSize.record(spans);
  }

  public void recordAttempt(ExportResult result, long durationNanos) {
    requests.increment();
    requestDuration.record(durationNanos);
    if (!result.reason().isEmpty()) {
      errors.computeIfAbsent(result.reason(), reason -> new LongAdder()).increment();
    }
    CollectorStatus.State state =
        result.isSuccess() ? CollectorStatus.State.OK : CollectorStatus.State.FAILED;
    String message = result.isSuccess() ? "" : result.message();
    boolean refused = !result.isSuccess() && !result.isRetryable();
    collector = new CollectorStatus(state, message, System.currentTimeMillis(), refused);
  }

  /** Export requests that were sent, retries included. */
  public long requests() {
    return requests.sum();
  }

  /** How long each request took, and how many spans each had, however often it was sent. */
  public List<Histogram> histograms() {
    return Arrays.asList(requestDurations, batchSizes);
  }

  /** Requests that failed or were refused in part, by reason; the reasons are few. */
  public Map<String, LongAdder> errors() {
    return Collections.unmodifiableMap(errors);
  }

  public CollectorStatus collector() {
    return collector;
  }
}
