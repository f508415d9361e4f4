/**
 * Histograms and counters with their attributes and exemplars. Recorded on application threads
 * without locks, read by the exporter thread and the endpoint.
 */
package io.otlpagent.instrumentation.metrics;
