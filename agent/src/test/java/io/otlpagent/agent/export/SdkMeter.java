package io.otlpagent.agent.export;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;
import java.util.Iterator;

/** One exponential histogram of the OpenTelemetry SDK, as its environment variable makes it. */
final class SdkMeter implements MetricReader, AutoCloseable {

  private final AggregationTemporality temporality;
  private final SdkMeterProvider provider;
  private final DoubleHistogram histogram;
  private CollectionRegistration registration = CollectionRegistration.noop();

  SdkMeter(AggregationTemporality temporality) {
    this.temporality = temporality;
    this.provider = SdkMeterProvider.builder().registerMetricReader(this).build();
    this.histogram = provider.get("test").histogramBuilder("h").build();
  }

  void record(double value) {
    histogram.record(value);
  }

  /** What it exports; an error if there is nothing. */
  ExponentialHistogramPointData collect() {
    Collection<MetricData> metrics = registration.collectAllMetrics();
    Iterator<ExponentialHistogramPointData> points =
        metrics.iterator().next().getExponentialHistogramData().getPoints().iterator();
    return points.next();
  }

  @Override
  public void register(CollectionRegistration registration) {
    this.registration = registration;
  }

  @Override
  public Aggregation getDefaultAggregation(InstrumentType type) {
    return Aggregation.base2ExponentialBucketHistogram();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return temporality;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public void close() {
    provider.close();
  }
}
