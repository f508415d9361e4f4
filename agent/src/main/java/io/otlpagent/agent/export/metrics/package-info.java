/**
 * Metrics on their way to the collector, and the figures of the pipeline itself. Sent by the
 * exporter thread between batches.
 */
package io.otlpagent.agent.export.metrics;
