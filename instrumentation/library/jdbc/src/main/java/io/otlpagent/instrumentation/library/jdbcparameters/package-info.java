/**
 * The parameters of prepared statements, for operators who ask for them. Woven on top of JDBC; runs
 * on the thread of the call.
 */
package io.otlpagent.instrumentation.library.jdbcparameters;
