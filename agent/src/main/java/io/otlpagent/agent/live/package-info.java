/**
 * What the agent does while the application runs, beside exporting: reads changed settings, looks
 * after tables and the agent's file, reports its state. Runs on the exporter thread unless a class
 * says otherwise.
 */
package io.otlpagent.agent.live;
