package io.otlpagent.agent.export.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;

/** The field numbers of OTLP's metrics, copied by javac as those of {@link OtlpFields}. */
final class MetricFields {

  static final int REQUEST_RESOURCE_METRICS =
      ExportMetricsServiceRequest.RESOURCE_METRICS_FIELD_NUMBER;
  static final int RESOURCE_METRICS_SCOPE_METRICS = ResourceMetrics.SCOPE_METRICS_FIELD_NUMBER;
  static final int RESOURCE_METRICS_SCHEMA_URL = ResourceMetrics.SCHEMA_URL_FIELD_NUMBER;
  static final int SCOPE_METRICS_SCOPE = ScopeMetrics.SCOPE_FIELD_NUMBER;
  static final int SCOPE_METRICS_METRICS = ScopeMetrics.METRICS_FIELD_NUMBER;
  static final int SCOPE_METRICS_SCHEMA_URL = ScopeMetrics.SCHEMA_URL_FIELD_NUMBER;

  static final int METRIC_NAME = Metric.NAME_FIELD_NUMBER;
  static final int METRIC_DESCRIPTION = Metric.DESCRIPTION_FIELD_NUMBER;
  static final int METRIC_UNIT = Metric.UNIT_FIELD_NUMBER;
  static final int METRIC_GAUGE = Metric.GAUGE_FIELD_NUMBER;
  static final int METRIC_SUM = Metric.SUM_FIELD_NUMBER;
  static final int METRIC_HISTOGRAM = Metric.HISTOGRAM_FIELD_NUMBER;
  static final int METRIC_EXPONENTIAL_HISTOGRAM = Metric.EXPONENTIAL_HISTOGRAM_FIELD_NUMBER;

  static final int GAUGE_POINTS = Gauge.DATA_POINTS_FIELD_NUMBER;
  static final int SUM_POINTS = Sum.DATA_POINTS_FIELD_NUMBER;
  static final int SUM_TEMPORALITY = Sum.AGGREGATION_TEMPORALITY_FIELD_NUMBER;
  static final int SUM_MONOTONIC = Sum.IS_MONOTONIC_FIELD_NUMBER;
  static final int HISTOGRAM_POINTS = Histogram.DATA_POINTS_FIELD_NUMBER;
  static final int HISTOGRAM_TEMPORALITY = Histogram.AGGREGATION_TEMPORALITY_FIELD_NUMBER;
  static final int EXPONENTIAL_POINTS = ExponentialHistogram.DATA_POINTS_FIELD_NUMBER;
  static final int EXPONENTIAL_TEMPORALITY =
      ExponentialHistogram.AGGREGATION_TEMPORALITY_FIELD_NUMBER;
  static final int DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA_VALUE;
  static final int CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE_VALUE;

  static final int NUMBER_ATTRIBUTES = NumberDataPoint.ATTRIBUTES_FIELD_NUMBER;
  static final int NUMBER_START = NumberDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER;
  static final int NUMBER_TIME = NumberDataPoint.TIME_UNIX_NANO_FIELD_NUMBER;
  static final int NUMBER_DOUBLE = NumberDataPoint.AS_DOUBLE_FIELD_NUMBER;
  static final int NUMBER_INT = NumberDataPoint.AS_INT_FIELD_NUMBER;

  static final int POINT_ATTRIBUTES = HistogramDataPoint.ATTRIBUTES_FIELD_NUMBER;
  static final int POINT_START = HistogramDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER;
  static final int POINT_TIME = HistogramDataPoint.TIME_UNIX_NANO_FIELD_NUMBER;
  static final int POINT_COUNT = HistogramDataPoint.COUNT_FIELD_NUMBER;
  static final int POINT_SUM = HistogramDataPoint.SUM_FIELD_NUMBER;
  static final int POINT_BUCKET_COUNTS = HistogramDataPoint.BUCKET_COUNTS_FIELD_NUMBER;
  static final int POINT_BOUNDS = HistogramDataPoint.EXPLICIT_BOUNDS_FIELD_NUMBER;
  static final int POINT_EXEMPLARS = HistogramDataPoint.EXEMPLARS_FIELD_NUMBER;

  static final int EXPONENTIAL_ATTRIBUTES = ExponentialHistogramDataPoint.ATTRIBUTES_FIELD_NUMBER;
  static final int EXPONENTIAL_START =
      ExponentialHistogramDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER;
  static final int EXPONENTIAL_TIME = ExponentialHistogramDataPoint.TIME_UNIX_NANO_FIELD_NUMBER;
  static final int EXPONENTIAL_COUNT = ExponentialHistogramDataPoint.COUNT_FIELD_NUMBER;
  static final int EXPONENTIAL_SUM = ExponentialHistogramDataPoint.SUM_FIELD_NUMBER;
  static final int EXPONENTIAL_SCALE = ExponentialHistogramDataPoint.SCALE_FIELD_NUMBER;
  static final int EXPONENTIAL_ZERO_COUNT = ExponentialHistogramDataPoint.ZERO_COUNT_FIELD_NUMBER;
  static final int EXPONENTIAL_POSITIVE = ExponentialHistogramDataPoint.POSITIVE_FIELD_NUMBER;
  static final int EXPONENTIAL_EXEMPLARS = ExponentialHistogramDataPoint.EXEMPLARS_FIELD_NUMBER;
  static final int EXPONENTIAL_MIN = ExponentialHistogramDataPoint.MIN_FIELD_NUMBER;
  static final int EXPONENTIAL_MAX = ExponentialHistogramDataPoint.MAX_FIELD_NUMBER;
  static final int BUCKETS_OFFSET = ExponentialHistogramDataPoint.Buckets.OFFSET_FIELD_NUMBER;
  static final int BUCKETS_COUNTS =
      ExponentialHistogramDataPoint.Buckets.BUCKET_COUNTS_FIELD_NUMBER;

  static final int EXEMPLAR_TIME = Exemplar.TIME_UNIX_NANO_FIELD_NUMBER;
  static final int EXEMPLAR_DOUBLE = Exemplar.AS_DOUBLE_FIELD_NUMBER;
  static final int EXEMPLAR_SPAN_ID = Exemplar.SPAN_ID_FIELD_NUMBER;
  static final int EXEMPLAR_TRACE_ID = Exemplar.TRACE_ID_FIELD_NUMBER;

  private MetricFields() {}
}
