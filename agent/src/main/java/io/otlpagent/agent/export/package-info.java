/**
 * The thread that takes ended spans to the collector: when batches, metrics and chores are due, and
 * the end. The packages inside it hold the queue, the delivery and the means.
 *
 * <p>Everything here runs on the one exporter thread, but for the messages that others leave to it.
 */
package io.otlpagent.agent.export;
