/**
 * From ended spans to the collector: queue, encoder, senders, retries and the ledger that accounts
 * for every span.
 *
 * <p>Application threads touch {@code SpanQueue} only; everything else runs on the one exporter
 * thread, whose figures the endpoint reads.
 */
package io.otlpagent.agent.export;
