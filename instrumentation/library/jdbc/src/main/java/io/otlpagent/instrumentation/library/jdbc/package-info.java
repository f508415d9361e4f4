/**
 * JDBC, through its interfaces and so for every driver and every pool. Advice runs on the thread of
 * the call and calls nothing of the driver that the application did not call.
 */
package io.otlpagent.instrumentation.library.jdbc;
