/**
 * Tomcat 8.5 to 11, also embedded: each request from its adapter on, before any valve, filter or
 * servlet. Names no type of the servlet API, so that one plugin serves both of its names. Runs on
 * the threads of the connector.
 */
package io.otlpagent.instrumentation.library.tomcat;
