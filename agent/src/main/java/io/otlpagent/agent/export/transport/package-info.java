/**
 * How a request gets to the collector: the sender and its result, deadlines, addresses, proxies,
 * and OTLP over HTTP. Called by the exporter thread or a sender thread, one request at a time each.
 */
package io.otlpagent.agent.export.transport;
