/**
 * OpenTelemetry's semantic conventions, as far as all kinds of call have them in common: names of
 * attributes, settings, duration histograms. The packages inside it hold one kind each.
 *
 * <p>Used on application threads; the exporter thread writes attributes.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/">Semantic conventions 1.44.0</a>
 */
package io.otlpagent.instrumentation.semconv;
