/**
 * Stands in for {@code java.util.logging} inside the packaged agent: the build points the
 * references of grpc, guava and okio here, so that the agent never initializes the application's
 * log manager. It has what those libraries refer to and nothing else.
 */
package io.otlpagent.agent.logging.jul;
