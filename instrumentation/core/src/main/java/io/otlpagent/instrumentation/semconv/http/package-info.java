/**
 * The conventions of HTTP clients and servers: instrumenters, spans, getters, routes. Advice calls
 * the instrumenters on application threads; the exporter thread calls {@code writeAttributes}.
 */
package io.otlpagent.instrumentation.semconv.http;
