/**
 * From a batch to its outcome: retries, requests in parallel, the buffer on disk while the
 * collector is away, and what the log says of it. Runs on the exporter thread; the endpoint reads
 * its figures.
 */
package io.otlpagent.agent.export.delivery;
