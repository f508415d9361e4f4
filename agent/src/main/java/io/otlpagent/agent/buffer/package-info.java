/**
 * Encoded batches on disk: bounded segment files whose records have checksums, one directory for
 * each JVM, which a later JVM takes over. Knows nothing of spans but their number.
 *
 * <p>Nothing of this is loaded unless {@code buffer.enabled} is set. Used by the exporter thread.
 */
package io.otlpagent.agent.buffer;
