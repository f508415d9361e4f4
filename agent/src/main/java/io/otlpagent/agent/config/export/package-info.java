/**
 * The settings of everything that leaves the process: exporters, batches, retries, the buffer,
 * metrics.
 */
package io.otlpagent.agent.config.export;
