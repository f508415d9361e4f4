/**
 * Servlets and filters of {@code javax.servlet}, 3.0 to 4.0: requests to Tomcat, Jetty and other
 * containers. Runs on the container's threads.
 */
package io.otlpagent.instrumentation.library.servletjavax;
