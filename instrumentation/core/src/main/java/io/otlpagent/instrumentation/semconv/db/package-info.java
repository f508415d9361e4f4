/**
 * The conventions of calls of databases, for any API: which database, which operation, the span.
 * Called on the thread of the call; the exporter thread calls {@code writeAttributes}.
 */
package io.otlpagent.instrumentation.semconv.db;
