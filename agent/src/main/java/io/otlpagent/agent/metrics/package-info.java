/**
 * The figures of the agent and of the JVM, in a form that knows neither Prometheus nor OTLP: what
 * instruments there are, and what fills them.
 *
 * <p>A {@link io.otlpagent.agent.metrics.MetricSource} reports to a {@link
 * io.otlpagent.agent.metrics.MetricCollector}: the text of {@code /metrics}, on threads of the
 * endpoint, or a {@link io.otlpagent.agent.metrics.MetricSnapshot} for OTLP, on the exporter
 * thread. So both show the same.
 */
package io.otlpagent.agent.metrics;
