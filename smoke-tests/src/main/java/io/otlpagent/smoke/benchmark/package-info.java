/**
 * {@code mvn -Pbenchmark}: what an agent costs the shop, in fresh JVMs, without an agent, with ours
 * and with the OpenTelemetry agent in turn.
 */
package io.otlpagent.smoke.benchmark;
