package io.otlpagent.agent.export.otlp;

import io.otlpagent.agent.metrics.HistogramPoint;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricFamily;
import io.otlpagent.agent.metrics.MetricPoint;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.metrics.Exemplar;
import io.otlpagent.instrumentation.metrics.ExponentialPoint;
import io.otlpagent.instrumentation.metrics.HistogramSettings;
import java.util.List;

/**
 * Writes {@code ExportMetricsServiceRequest} messages into one reused buffer. Used by the exporter
 * thread.
 */
public final class MetricRequestEncoder {

  private static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.44.0";
  private static final String SCOPE = "io.otlpagent.agent";

  // What its messages need one level above; a wrong guess costs a move.
  private static final int LENGTH_BYTES = 2;

  private final ProtoBuffer buffer = new ProtoBuffer();
  private final AttributeEncoder attributes =
      new AttributeEncoder(
          buffer, new AttributeLimits(Integer.MAX_VALUE, AttributeLimits.MAX_VALUE_LENGTH, 0));
  private final byte[] resource;
  private final String agentVersion;

  // Exemplars from before were told before.
  private long exemplarsAfter;

  public MetricRequestEncoder(Resource resource, String agentVersion) {
    this.resource = ResourceEncoder.encode(resource);
    this.agentVersion = agentVersion;
  }

  /**
   * Makes a request.
   *
   * @param exemplarsAfter the moment after which exemplars are news, in nanoseconds since the epoch
   */
  public void encode(List<MetricFamily> families, long exemplarsAfter) {
    this.exemplarsAfter = exemplarsAfter;
    buffer.clear();
    int start = buffer.begin(MetricFields.REQUEST_RESOURCE_METRICS, 3);
    buffer.raw(resource);
    int scopeMetrics = buffer.begin(MetricFields.RESOURCE_METRICS_SCOPE_METRICS, 3);
    int scope = buffer.begin(MetricFields.SCOPE_METRICS_SCOPE, 1);
    buffer.stringField(OtlpFields.SCOPE_NAME, SCOPE);
    buffer.stringField(OtlpFields.SCOPE_VERSION, agentVersion);
    buffer.end(scope, 1);
    for (MetricFamily family : families) {
      encode(family);
    }
    buffer.stringField(MetricFields.SCOPE_METRICS_SCHEMA_URL, SCHEMA_URL);
    buffer.end(scopeMetrics, 3);
    buffer.stringField(MetricFields.RESOURCE_METRICS_SCHEMA_URL, SCHEMA_URL);
    buffer.end(start, 3);
  }

  private void encode(MetricFamily family) {
    Metric metric = family.metric();
    int start = buffer.begin(MetricFields.SCOPE_METRICS_METRICS, LENGTH_BYTES);
    buffer.stringField(MetricFields.METRIC_NAME, metric.name());
    buffer.stringField(MetricFields.METRIC_DESCRIPTION, metric.description());
    buffer.stringField(MetricFields.METRIC_UNIT, metric.unit());
    int temporality = family.delta() ? MetricFields.DELTA : MetricFields.CUMULATIVE;
    int data;
    switch (metric.kind()) {
      case HISTOGRAM:
        data = histogram(family.points());
        buffer.varintField(MetricFields.HISTOGRAM_TEMPORALITY, temporality);
        break;
      case GAUGE:
        data = buffer.begin(MetricFields.METRIC_GAUGE, LENGTH_BYTES);
        for (MetricPoint point : family.points()) {
          numberPoint(MetricFields.GAUGE_POINTS, point, false);
        }
        break;
      default:
        data = buffer.begin(MetricFields.METRIC_SUM, LENGTH_BYTES);
        for (MetricPoint point : family.points()) {
          numberPoint(MetricFields.SUM_POINTS, point, true);
        }
        buffer.varintField(MetricFields.SUM_TEMPORALITY, temporality);
        if (metric.kind() == Metric.Kind.COUNTER) {
          buffer.varintField(MetricFields.SUM_MONOTONIC, 1);
        }
    }
    buffer.end(data, LENGTH_BYTES);
    buffer.end(start, LENGTH_BYTES);
  }

  /** Begins the message of the points, and returns where. */
  private int histogram(List<MetricPoint> points) {
    boolean exponential = HistogramSettings.installed().exponential();
    int start =
        buffer.begin(
            exponential ? MetricFields.METRIC_EXPONENTIAL_HISTOGRAM : MetricFields.METRIC_HISTOGRAM,
            LENGTH_BYTES);
    for (MetricPoint point : points) {
      if (exponential) {
        exponentialPoint(point);
      } else {
        histogramPoint(point);
      }
    }
    return start;
  }

  private void numberPoint(int field, MetricPoint point, boolean started) {
    int start = buffer.begin(field, 1);
    if (started) {
      buffer.fixed64Field(MetricFields.NUMBER_START, point.startEpochNanos());
    }
    buffer.fixed64Field(MetricFields.NUMBER_TIME, point.epochNanos());
    if (point.isDecimal()) {
      doubleField(MetricFields.NUMBER_DOUBLE, point.decimal());
    } else {
      buffer.fixed64Field(MetricFields.NUMBER_INT, point.whole());
    }
    labels(MetricFields.NUMBER_ATTRIBUTES, point.labels());
    buffer.end(start, 1);
  }

  private void histogramPoint(MetricPoint point) {
    HistogramPoint histogram = point.histogram();
    int start = buffer.begin(MetricFields.HISTOGRAM_POINTS, LENGTH_BYTES);
    buffer.fixed64Field(MetricFields.POINT_START, point.startEpochNanos());
    buffer.fixed64Field(MetricFields.POINT_TIME, point.epochNanos());
    buffer.fixed64Field(MetricFields.POINT_COUNT, histogram.count());
    doubleField(MetricFields.POINT_SUM, histogram.sum());
    int counts = buffer.begin(MetricFields.POINT_BUCKET_COUNTS, 1);
    for (int i = 0; i < histogram.buckets(); i++) {
      buffer.fixed64(histogram.count(i));
    }
    buffer.end(counts, 1);
    int bounds = buffer.begin(MetricFields.POINT_BOUNDS, 1);
    for (int i = 0; i < histogram.buckets() - 1; i++) {
      buffer.fixed64(Double.doubleToRawLongBits(histogram.bound(i)));
    }
    buffer.end(bounds, 1);
    exemplars(MetricFields.POINT_EXEMPLARS, histogram);
    labels(MetricFields.POINT_ATTRIBUTES, point.labels());
    buffer.end(start, LENGTH_BYTES);
  }

  private void exponentialPoint(MetricPoint point) {
    HistogramPoint histogram = point.histogram();
    ExponentialPoint known = histogram.exponential();
    ExponentialPoint exponential = known == null ? ExponentialPoint.EMPTY : known;
    long count = exponential.count();
    int start = buffer.begin(MetricFields.EXPONENTIAL_POINTS, LENGTH_BYTES);
    buffer.fixed64Field(MetricFields.EXPONENTIAL_START, point.startEpochNanos());
    buffer.fixed64Field(MetricFields.EXPONENTIAL_TIME, point.epochNanos());
    buffer.fixed64Field(MetricFields.EXPONENTIAL_COUNT, count);
    doubleField(MetricFields.EXPONENTIAL_SUM, histogram.sum());
    buffer.zigzagField(MetricFields.EXPONENTIAL_SCALE, exponential.scale());
    buffer.fixed64Field(MetricFields.EXPONENTIAL_ZERO_COUNT, exponential.zeroCount());
    int positive = buffer.begin(MetricFields.EXPONENTIAL_POSITIVE, LENGTH_BYTES);
    buffer.zigzagField(MetricFields.BUCKETS_OFFSET, exponential.offset());
    int counts = buffer.begin(MetricFields.BUCKETS_COUNTS, LENGTH_BYTES);
    for (int i = 0; i < exponential.buckets(); i++) {
      buffer.packedVarint(exponential.count(i));
    }
    buffer.end(counts, LENGTH_BYTES);
    buffer.end(positive, LENGTH_BYTES);
    if (count > 0) {
      doubleField(MetricFields.EXPONENTIAL_MIN, exponential.min());
      doubleField(MetricFields.EXPONENTIAL_MAX, exponential.max());
    }
    exemplars(MetricFields.EXPONENTIAL_EXEMPLARS, histogram);
    labels(MetricFields.EXPONENTIAL_ATTRIBUTES, point.labels());
    buffer.end(start, LENGTH_BYTES);
  }

  private void exemplars(int field, HistogramPoint histogram) {
    for (int i = 0; i < histogram.buckets(); i++) {
      Exemplar exemplar = histogram.exemplar(i);
      if (exemplar != null && exemplar.epochNanos() > exemplarsAfter) {
        exemplar(field, exemplar);
      }
    }
  }

  private void exemplar(int field, Exemplar exemplar) {
    int start = buffer.begin(field, 1);
    buffer.fixed64Field(MetricFields.EXEMPLAR_TIME, exemplar.epochNanos());
    doubleField(MetricFields.EXEMPLAR_DOUBLE, exemplar.value());
    buffer.idField(MetricFields.EXEMPLAR_SPAN_ID, exemplar.spanId());
    buffer.idField(MetricFields.EXEMPLAR_TRACE_ID, exemplar.traceIdHigh(), exemplar.traceIdLow());
    buffer.end(start, 1);
  }

  private void labels(int field, Labels labels) {
    attributes.begin(field);
    for (int i = 0; i < labels.size(); i++) {
      Object value = labels.value(i);
      if (value instanceof Boolean) {
        attributes.put(labels.key(i), (boolean) value);
      } else if (value instanceof Long || value instanceof Integer) {
        attributes.put(labels.key(i), ((Number) value).longValue());
      } else {
        attributes.put(labels.key(i), value.toString());
      }
    }
  }

  private void doubleField(int field, double value) {
    buffer.fixed64Field(field, Double.doubleToRawLongBits(value));
  }

  /** The request; valid up to {@link #length()} and until the next {@link #encode}. */
  public byte[] array() {
    return buffer.array();
  }

  public int length() {
    return buffer.size();
  }
}
