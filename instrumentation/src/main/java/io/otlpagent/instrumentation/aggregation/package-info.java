/**
 * The base2 exponential bucket histogram aggregation: what finds its buckets by itself. {@code
 * semconv.Histogram} records on the application's threads; the exporter thread collects.
 */
package io.otlpagent.instrumentation.aggregation;
