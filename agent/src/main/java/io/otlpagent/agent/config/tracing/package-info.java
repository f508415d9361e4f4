/** The settings of what is recorded: instrumentations, conventions, sampling, resource. */
package io.otlpagent.agent.config.tracing;
