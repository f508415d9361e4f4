/**
 * Servlets and filters of {@code jakarta.servlet}, 5.0 to 6.1: requests to Tomcat, Jetty and other
 * containers. Runs on the container's threads.
 */
package io.otlpagent.instrumentation.library.servletjakarta;
