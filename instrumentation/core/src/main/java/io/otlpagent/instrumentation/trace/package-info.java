/**
 * The trace core: spans, their identity, the current context and the one exit for ended spans.
 *
 * <p>Called by the instrumenters on application threads; an ended span is read by the exporter
 * thread. Depends on {@code java.*} only.
 */
package io.otlpagent.instrumentation.trace;
