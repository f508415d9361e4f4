/**
 * OpenTelemetry's semantic conventions: names, rules and metrics, in one place for all libraries.
 *
 * <p>Advice calls the instrumenters on application threads; the exporter thread calls {@code
 * writeAttributes} of the spans defined here.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/">Semantic conventions 1.44.0</a>
 */
package io.otlpagent.instrumentation.semconv;
