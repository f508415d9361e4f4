/**
 * What is known of JDBC's objects across all drivers and pools of the process: connections,
 * statements, their parameters and batches, and the calls that nest. Names no type of {@code
 * java.sql}; called by the JDBC plugins on the thread of the call.
 */
package io.otlpagent.instrumentation.jdbc;
