/**
 * What must not leave: secrets in URLs and headers, literals that databases quote in their errors.
 * Used by the exporter thread.
 */
package io.otlpagent.instrumentation.semconv.redaction;
