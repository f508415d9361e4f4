package io.otlpagent.agent.metrics;

/**
 * What a metric is: its name, its unit and what its values mean. Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/">Metrics data
 *     model</a>
 */
public final class Metric {

  /** What the values of a metric are. */
  public enum Kind {
    /** A sum that never falls. */
    COUNTER,
    /** A sum that rises and falls: adding it up over attributes makes sense. */
    UP_DOWN_COUNTER,
    /** A value of which there is no sum. */
    GAUGE,
    HISTOGRAM,
    /** Only its attributes say something. */
    INFO
  }

  private final Kind kind;
  private final String name;
  private final String unit;
  private final String description;
  private final boolean pushed;
  private final long startEpochNanos;

  private Metric(
      Kind kind,
      String name,
      String unit,
      String description,
      boolean pushed,
      long startEpochNanos) {
    this.kind = kind;
    this.name = name;
    this.unit = unit;
    this.description = description;
    this.pushed = pushed;
    this.startEpochNanos = startEpochNanos;
  }

  /**
   * A metric by its OpenTelemetry name.
   *
   * @param unit in UCUM, such as {@code s}, {@code By} or {@code {span}}
   */
  public static Metric of(Kind kind, String name, String unit, String description) {
    return new Metric(kind, name, unit, description, kind != Kind.INFO, 0);
  }

  public static Metric counter(String name, String unit, String description) {
    return of(Kind.COUNTER, name, unit, description);
  }

  public static Metric upDownCounter(String name, String unit, String description) {
    return of(Kind.UP_DOWN_COUNTER, name, unit, description);
  }

  public static Metric gauge(String name, String unit, String description) {
    return of(Kind.GAUGE, name, unit, description);
  }

  public static Metric histogram(String name, String unit, String description) {
    return of(Kind.HISTOGRAM, name, unit, description);
  }

  /** The same for {@code /metrics} alone: over OTLP another metric says it. */
  public Metric scrapedOnly() {
    return new Metric(kind, name, unit, description, false, startEpochNanos);
  }

  /** The same, counted since that moment and not since the agent's start. */
  public Metric since(long epochNanos) {
    return new Metric(kind, name, unit, description, pushed, epochNanos);
  }

  public Kind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  public String unit() {
    return unit;
  }

  public String description() {
    return description;
  }

  /** Whether it is sent over OTLP too. */
  public boolean pushed() {
    return pushed;
  }

  /** Since when it counts, in nanoseconds since the Unix epoch; 0: since the agent's start. */
  public long startEpochNanos() {
    return startEpochNanos;
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
