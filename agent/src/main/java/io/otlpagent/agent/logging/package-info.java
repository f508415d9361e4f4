/** The agent's own log. Called on any thread of the agent. */
package io.otlpagent.agent.logging;
