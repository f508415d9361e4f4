/**
 * Why nothing gets through: asks the collector in the ways that are not configured. Runs after a
 * failed export and for the doctor, on a thread of the agent.
 */
package io.otlpagent.agent.export.probe;
