/**
 * The agent's own log, on no logging library at all: the application's belongs to the application,
 * and {@code java.util.logging} must not be initialized before the application's log manager.
 *
 * <p>Called from any thread of the agent, rarely from application threads.
 */
package io.otlpagent.agent.logging;
