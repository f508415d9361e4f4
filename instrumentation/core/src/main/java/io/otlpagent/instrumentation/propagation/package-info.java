/**
 * What travels between processes: W3C Trace Context and W3C Baggage headers, and those of Zipkin,
 * Jaeger, AWS X-Ray and OpenTracing.
 *
 * <p>Called by the HTTP instrumenters on application threads. Depends on {@code trace} only.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/">W3C Trace Context, Level 2</a>
 * @see <a href="https://www.w3.org/TR/baggage/">W3C Baggage</a>
 */
package io.otlpagent.instrumentation.propagation;
