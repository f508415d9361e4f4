/**
 * Between application threads and the exporter thread: the bounded queue, which alone decides what
 * is dropped, and the ledger that accounts for every span.
 *
 * <p>The only package of the export that application threads enter.
 */
package io.otlpagent.agent.export.queue;
