/**
 * Jetty 9.4 to 11, also embedded: each request from its channel on, before any handler, filter or
 * servlet. Names no type of the servlet API, so that one plugin serves both of its names. Runs on
 * the server's threads.
 */
package io.otlpagent.instrumentation.library.jetty;
