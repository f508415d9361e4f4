/**
 * An exception as it is recorded: read once, bounded, from objects that may throw, loop and lie.
 * Called on the application thread that ends the span.
 */
package io.otlpagent.instrumentation.trace.exception;
