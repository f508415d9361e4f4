/**
 * The embedded endpoint: {@code /health}, {@code /ready} and {@code /metrics}, for orchestrators
 * and Prometheus, on a small HTTP server of our own.
 *
 * <p>Not on {@code com.sun.net.httpserver}: its module may be absent, and it initializes {@code
 * java.util.logging}. Started by {@code AgentMain} on the agent's thread; requests are served by
 * daemon threads named {@code otlp-agent-endpoint-N}. What it reports comes in through {@link
 * io.otlpagent.agent.endpoint.HealthSource}, {@link io.otlpagent.agent.endpoint.ReadySource} and
 * {@link io.otlpagent.agent.metrics.MetricSource}.
 */
package io.otlpagent.agent.endpoint;
