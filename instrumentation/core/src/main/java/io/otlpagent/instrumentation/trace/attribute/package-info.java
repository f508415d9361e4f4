/**
 * Names of attributes, and how a span writes its own: to an {@link
 * io.otlpagent.instrumentation.trace.attribute.AttributeWriter}, on the exporter's thread.
 */
package io.otlpagent.instrumentation.trace.attribute;
