/**
 * Spring MVC, 3.1 and newer: the route of a request. Its spans are those of the servlet container.
 * Runs on the container's threads.
 */
package io.otlpagent.instrumentation.library.springwebmvc;
