/** The start sequence: {@code AgentMain} wires everything by constructors and is used by nobody. */
package io.otlpagent.agent;
