/**
 * The samplers that settings are made of. Called at the start of each local root span, on its
 * thread.
 */
package io.otlpagent.instrumentation.trace.sampling;
