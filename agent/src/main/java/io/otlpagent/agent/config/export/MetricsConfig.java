package io.otlpagent.agent.config.export;

import io.otlpagent.agent.config.tracing.SemconvConfig;
import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSource;
import io.otlpagent.agent.config.value.ConfigValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is measured, and how it is sent over OTLP: a part of the block {@code metrics}. Immutable.
 */
public final class MetricsConfig {

  private static final ConfigKey<List<String>> EXPORTER =
      ConfigKey.list(
          "metrics.exporter",
          "otlp,prometheus",
          "Exporters of metrics: `otlp` sends them to the collector, unless only an endpoint"
              + " for traces is set, or no endpoint and spans are exported to `console` only;"
              + " `console` writes each export as one line of OTLP JSON to standard output;"
              + " `prometheus` serves them only, if `metrics.enabled` is true; `none` disables"
              + " metrics",
          "otel.metrics.exporter");
  private static final ConfigKey<Long> INTERVAL =
      ConfigKey.duration(
          "metrics.interval",
          "60s",
          "Interval between two exports of metrics; values below `100ms`, such as 0, mean"
              + " `100ms`",
          "otel.metric.export.interval");
  private static final ConfigKey<Long> TIMEOUT =
      ConfigKey.duration(
          "metrics.timeout",
          "30s",
          "Timeout of one export of metrics, limited to `10s`, and to `1s` while spans wait",
          "otel.metric.export.timeout");
  private static final ConfigKey<String> TEMPORALITY =
      ConfigKey.choice(
          "metrics.temporality",
          "cumulative",
          "cumulative|delta|lowmemory",
          "Temporality of exported counters and histograms: `cumulative` since the start of the"
              + " agent, `delta` since the previous export, or `lowmemory`, which is `delta`"
              + " except for the JVM's counters",
          "otel.exporter.otlp.metrics.temporality.preference");
  private static final ConfigKey<String> EXEMPLARS =
      ConfigKey.choice(
          "metrics.exemplar_filter",
          "trace_based",
          "trace_based|always_on|always_off",
          "Operations that may be recorded as exemplars of a histogram: the sampled ones, all"
              + " or none",
          "otel.metrics.exemplar.filter");
  private static final ConfigKey<Integer> CARDINALITY =
      ConfigKey.integer(
          "metrics.cardinality_limit",
          "2000",
          1,
          1000000,
          "Maximum number of attribute combinations per histogram, including the overflow"
              + " series",
          "otel.java.metrics.cardinality.limit");

  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(
          EXPORTER,
          INTERVAL,
          TIMEOUT,
          TEMPORALITY,
          SemconvConfig.HISTOGRAM_AGGREGATION,
          EXEMPLARS,
          CARDINALITY,
          ofTarget(
              "endpoint",
              ConfigKey.TEXT,
              "URL that metrics are sent to, used unchanged; unset: derived from `otlp.endpoint`"),
          ofTarget(
              "protocol",
              ConfigKey.TEXT,
              "Transport protocol for metrics; unset: as for `otlp.protocol`"),
          ofTarget(
              "headers",
              ConfigKey.MAP,
              "Headers to send with every export request for metrics; their values are never"
                  + " logged; unset: `otlp.headers`"),
          ofTarget(
              "timeout",
              ConfigKey.DURATION,
              "Timeout of one export attempt for metrics; unset: `otlp.timeout`"),
          ofTarget(
              "compression",
              ConfigKey.TEXT,
              "Compression of export requests for metrics; unset: as for `otlp.compression`"),
          ofTarget(
              "certificate",
              ConfigKey.TEXT,
              "Path of a PEM file with the certificate authorities to trust for metrics; unset:"
                  + " `otlp.tls.ca_file`"),
          ofTarget(
              "client.certificate",
              ConfigKey.TEXT,
              "Path of a PEM file with the client certificate for metrics; unset:"
                  + " `otlp.tls.cert_file`"),
          ofTarget(
              "client.key",
              ConfigKey.TEXT,
              "Path of a PEM file with the unencrypted private key of the client certificate for"
                  + " metrics; unset: `otlp.tls.key_file`"),
          ofTarget(
              "insecure",
              ConfigKey.BOOLEAN,
              "Use plain text for an endpoint for metrics without a scheme; `false` uses TLS"));

  private static final long LEAST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ExporterChoice exporters;
  private final long intervalNanos;
  private final long timeoutNanos;
  private final String temporality;
  private final String exemplarFilter;
  private final int cardinalityLimit;
  private final OtlpConfig otlp;

  public MetricsConfig(ConfigValues values) {
    ConfigValues seen = seenByMetrics(values);
    ExporterChoice choice = ExporterChoice.ofMetrics(values, EXPORTER);
    exporters =
        values.isSet(EXPORTER) || hasTarget(values, seen) ? choice : choice.withoutCollector();
    intervalNanos = Math.max(LEAST_INTERVAL_NANOS, values.get(INTERVAL));
    timeoutNanos = values.get(TIMEOUT);
    temporality = values.get(TEMPORALITY);
    exemplarFilter = values.get(EXEMPLARS);
    cardinalityLimit = values.get(CARDINALITY);
    otlp = new OtlpConfig(seen);
    for (String warning : seen.warnings()) {
      values.warn(warning);
    }
    for (ConfigKey<?> key : KEYS) {
      if (key.path().startsWith("otel.") && values.isSet(key)) {
        values.note(key, !warned(seen, values.origin(key)));
      }
    }
  }

  private static boolean warned(ConfigValues seen, String origin) {
    for (String warning : seen.warnings()) {
      if (warning.startsWith(origin + ": ")) {
        return true;
      }
    }
    return false;
  }

  private static ConfigValues seenByMetrics(ConfigValues values) {
    List<ConfigSource> sources = new ArrayList<>();
    for (ConfigSource source : values.sources()) {
      sources.add(source.forMetrics());
    }
    return new ConfigValues(sources);
  }

  /**
   * Who names a collector for traces alone has not said that there is one for metrics, and who has
   * spans written instead not that there is one at all.
   */
  private static boolean hasTarget(ConfigValues values, ConfigValues seen) {
    return seen.isSet(OtlpConfig.ENDPOINT)
        || (!values.isSet(OtlpConfig.ENDPOINT) && !ExporterChoice.ofTraces(values).consoleAlone());
  }

  /** A setting that OpenTelemetry has for each signal; {@link OtlpConfig} reads it. */
  private static ConfigKey<?> ofTarget(String name, String type, String description) {
    String path = "otel.exporter.otlp.metrics." + name;
    switch (type) {
      case ConfigKey.MAP:
        return ConfigKey.secretMap(path, description);
      case ConfigKey.BOOLEAN:
        return ConfigKey.bool(path, true, description);
      case ConfigKey.DURATION:
        return ConfigKey.duration(path, "", description);
      default:
        return ConfigKey.text(path, "", description);
    }
  }

  /** Whether the operator wants no metrics anywhere. */
  public static boolean none(ConfigValues values) {
    List<String> exporters = values.get(EXPORTER);
    return exporters.size() == 1 && exporters.get(0).equalsIgnoreCase("none");
  }

  /** Whether metrics are sent over OTLP, or written. */
  public boolean exported() {
    return exporters.any();
  }

  /** Where metrics go. */
  public ExporterChoice exporters() {
    return exporters;
  }

  /** More than 0. */
  public long intervalNanos() {
    return intervalNanos;
  }

  /** Of one export; 0 is no limit. */
  public long timeoutNanos() {
    return timeoutNanos;
  }

  /** {@code cumulative}, {@code delta} or {@code lowmemory}. */
  public String temporality() {
    return temporality;
  }

  /** {@code trace_based}, {@code always_on} or {@code always_off}. */
  public String exemplarFilter() {
    return exemplarFilter;
  }

  /** Series of one histogram, at least 1. */
  public int cardinalityLimit() {
    return cardinalityLimit;
  }

  /** The collector of metrics, if there is one. */
  public OtlpConfig otlp() {
    return otlp;
  }

  /** Whether they go where spans go, so that they can take the same connection. */
  public boolean goesWith(OtlpConfig spans) {
    return exporters.collector()
        && !spans.exporters().consoleAlone()
        && otlp.endpoint().equals(spans.endpoint())
        && otlp.protocol().equals(spans.protocol())
        && otlp.gzip() == spans.gzip()
        && otlp.headers().equals(spans.headers())
        && otlp.tls().sameAs(spans.tls());
  }
}
