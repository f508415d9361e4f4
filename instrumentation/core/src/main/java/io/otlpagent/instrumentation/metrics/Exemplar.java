package io.otlpagent.instrumentation.metrics;

/**
 * One value of a histogram, with the span that it was measured on. Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exemplars">Metrics
 *     data model: exemplars</a>
 */
public final class Exemplar {

  private final long traceIdHigh;
  private final long traceIdLow;
  private final long spanId;
  private final double value;
  private final long epochNanos;

  Exemplar(long traceIdHigh, long traceIdLow, long spanId, double value, long epochNanos) {
    this.traceIdHigh = traceIdHigh;
    this.traceIdLow = traceIdLow;
    this.spanId = spanId;
    this.value = value;
    this.epochNanos = epochNanos;
  }

  public long traceIdHigh() {
    return traceIdHigh;
  }

  public long traceIdLow() {
    return traceIdLow;
  }

  public long spanId() {
    return spanId;
  }

  /** The value, in the unit of the histogram. */
  public double value() {
    return value;
  }

  /** When it was measured, in nanoseconds since the Unix epoch. */
  public long epochNanos() {
    return epochNanos;
  }
}
